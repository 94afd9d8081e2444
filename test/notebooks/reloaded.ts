// What notebook 06 found, with a network that was there and with one that it trained itself.
import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, expect, test} from '@jest/globals';
import {lastNumber, results, ROOT} from './executed';

/** `saved`: what it says of the network; `least`: the accuracy that this one has to have. */
export function testReloaded(folder: string, saved: string, least: number): void {
  let notebook: ReturnType<typeof results>;

  beforeAll(() => {
    notebook = results('06-save-and-reload', folder);
  });

  test('loads from each file exactly the network that it saved', () => {
    expect(notebook.text('saved')).toContain(saved);
    expect(notebook.text('reload')).toContain('Total params: 35,530');
    expect(notebook.text('same-predictions')).toBe('probabilities compared: 100000\nlargest difference: 0\n');
    expect(notebook.text('keras-format')).toBe('largest difference: 0\n');
    expect(lastNumber(notebook.text('evaluate'), 'accuracy')).toBeGreaterThanOrEqual(least);
  });

  test('writes whole files, and shows the first layer in one of them', () => {
    for (const name of ['digits.h5', 'digits-small.h5', 'digits.keras', 'raw-pixels.h5']) {
      expect(fs.statSync(path.join(ROOT, folder, name)).size).toBeGreaterThan(4 * 35_530);
    }
    expect(notebook.text('tree')).toMatch(/^ {2}@model_config: .*Sequential/m);
    expect(notebook.text('tree')).toMatch(/^ +kernel:0: float32 \[3, 3, 1, 32\]\n$/m);
  });

  test('leaves the place of the network of notebook 04 to that', () => {
    expect(fs.existsSync(path.join(ROOT, folder, 'mymodel.h5'))).toBe(saved.startsWith('A trained network'));
  });

  test('names the first digit by the file beside it, and reads raw pixels where the file rescales', () => {
    expect(notebook.text('names')).toBe(
      'output 7 stands for seven\npictures of [ 28, 28, 1 ] with pixels from 0 to 1\n',
    );
    expect(Number(/difference: (\S+)/.exec(notebook.text('with-rescaling-answers'))?.[1])).toBeLessThan(1e-5);
    const right = (pictures: string) =>
      Number(RegExp(`^${pictures}: +(\\d+) right$`, 'm').exec(notebook.text('divided-twice'))![1]);
    expect(right('raw pixels') / 10_000).toBeGreaterThanOrEqual(least);
    expect(right('divided twice')).toBeLessThan(right('raw pixels'));
  });

  test('prints the ten probabilities to compare with elsewhere', () => {
    const probabilities = notebook.text('ten-probabilities').trim().split(' ').map(Number);
    expect(probabilities).toHaveLength(10);
    // Ten numbers of six decimals, each rounded.
    expect(probabilities.reduce((sum, p) => sum + p)).toBeCloseTo(1, 4);
  });
}
