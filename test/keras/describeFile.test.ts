import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {keras} from 'convlab';
import {fixture, inFolder, smallModel} from './folder';

test('describeFile() lists what is in a file of each format', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'model.h5');
    await keras.save(smallModel(), path, {includeOptimizer: false});
    expect(await keras.describeFile(path)).toContain(
      [
        '  model_weights',
        '    @backend: tensorflow',
        '    @keras_version: 3.15.1',
        '    @layer_names: conv2d, max_pooling2d, flatten, dense',
        '    conv2d',
        '      @weight_names: conv2d/kernel:0, conv2d/bias:0',
        '      conv2d',
        '        bias:0: float32 [3]',
        '        kernel:0: float32 [3, 3, 1, 3]',
      ].join('\n'),
    );
  });
  expect(await keras.describeFile(fixture('keras3.15.1-cnn.keras'))).toMatch(
    /^ {2}model\.weights\.h5\n {4}layers\n {6}conv2d$/m,
  );
  await expect(keras.describeFile('missing.h5')).rejects.toThrow(
    'keras.describeFile: missing.h5: there is no such file',
  );
});
