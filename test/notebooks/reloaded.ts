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
    const [, before, after] = /^before (\S+)\nafter {2}(\S+)\n$/.exec(notebook.text('one-digit'))!;
    expect(after).toBe(before);
    expect(lastNumber(notebook.text('evaluate'), 'accuracy')).toBeGreaterThanOrEqual(least);
  });

  test('writes whole files, and shows the layers in them', () => {
    for (const name of ['mymodel.h5', 'mymodel-small.h5', 'mymodel.keras']) {
      expect(fs.statSync(path.join(ROOT, folder, name)).size).toBeGreaterThan(4 * 35_530);
    }
    for (const layer of ['conv2d', 'max_pooling2d', 'conv2d_1', 'max_pooling2d_1', 'flatten', 'dense', 'dense_1']) {
      for (const id of ['tree', 'keras-tree']) expect(notebook.text(id)).toMatch(RegExp(`^ +${layer}$`, 'm'));
    }
    expect(notebook.text('tree')).toMatch(/^ +kernel:0: float32 \[3, 3, 1, 32\]$/m);
    expect(notebook.text('tree')).toMatch(/^ {2}@training_config: .*categorical_crossentropy/m);
    expect(notebook.text('keras-tree')).toMatch(/^ {2}model\.weights\.h5$/m);
  });
}
