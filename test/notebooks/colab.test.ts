// The one notebook that is not in TypeScript: the bridge to services that have no kernel for it.
import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {cellsOf, NAMES, SOURCES} from './executed';

const file = path.join(SOURCES, 'colab.ipynb');
const cells = cellsOf(file);
const code = cells.filter((cell) => cell.cell_type === 'code');

test('colab.ipynb is in Python and stands apart from the numbered notebooks', () => {
  const {metadata} = JSON.parse(fs.readFileSync(file, 'utf8')) as {metadata: {kernelspec: {name: string}}};
  expect(metadata.kernelspec.name).toBe('python3');
  expect(NAMES).not.toContain('colab.ipynb');
});

test('colab.ipynb is committed without outputs, with short cells and a sentence before each', () => {
  for (const cell of code) {
    expect(cell.outputs).toEqual([]);
    expect(cell.source.length).toBeLessThan(30);
    expect(cells[cells.indexOf(cell) - 1]!.cell_type).toBe('markdown');
  }
});

test('colab.ipynb shows each notebook that it runs', () => {
  const text = code.map((cell) => cell.source.join('')).join('\n');
  const ran = /"start".*?((?:, "\d\d")+)/.exec(text)![1]!.match(/\d\d/g)!;
  expect([...text.matchAll(/^show\("(\d\d)"\)/gm)].map(([, number]) => number)).toEqual(ran);
  for (const number of ran) expect(NAMES.filter((name) => name.startsWith(number))).toHaveLength(1);
});
