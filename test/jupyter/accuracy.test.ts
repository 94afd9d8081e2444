import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from '@jest/globals';

const root = path.resolve(__dirname, '..', '..');

/** The accuracy in the committed notebooks, when these have passed. */
function accuracy(...passed: string[]): string {
  const code = `import {testAccuracy} from './lib/jupyter/accuracy.mjs';
    console.log(testAccuracy('notebooks', ${JSON.stringify(passed)}));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], {cwd: root}).toString();
}

test('the accuracy is that of notebook 05, and none when it has not passed in this run', () => {
  expect(accuracy('04-build-and-train.ipynb', '05-evaluate-and-predict.ipynb')).toMatch(/^0\.9[89]\d\d?\n$/);
  expect(accuracy('04-build-and-train.ipynb')).toBe('undefined\n');
});
