import {describe, expect, test} from '@jest/globals';
import * as convlab from 'convlab';
import {chartsCases} from './cases/charts';
import {dataCases} from './cases/data';
import {evaluationCases} from './cases/evaluation';
import {filesCases} from './cases/files';
import {fitCases} from './cases/fit';
import {insideCases} from './cases/inside';
import {explorerCases} from './cases/explorers';
import {kerasCases} from './cases/keras';
import {picturesCases} from './cases/pictures';
import {trainingCases} from './cases/training';

// What a notebook's reader gets wrong in each argument of each public function, and the words that help. TypeScript
// finds some of it earlier; values that are `any`, or come from a file, get past it.
const cases = {
  ...dataCases,
  ...filesCases,
  ...picturesCases,
  ...chartsCases,
  ...fitCases,
  ...insideCases,
  ...trainingCases,
  ...evaluationCases,
  ...kerasCases,
  ...explorerCases,
};

describe.each(Object.entries(cases))('%s tells what is wrong with', (_name, slips) => {
  test.each(slips)('%s', async (_slip, call, message) => {
    const run = async () => {
      await call();
    };
    await expect(run()).rejects.toThrow(message);
  });
});

test('every public function has its cases, but for those that take anything', () => {
  const takesAnything = ['tf', 'show', 'interruptTraining', 'terminateOnNaN', 'History', 'Picture'];
  const oldNames = ['confusionTable', 'classReport'];
  const names = Object.keys(convlab).filter((name) => ![...takesAnything, ...oldNames].includes(name));
  expect(Object.keys(cases).sort()).toEqual(names.sort());
});
