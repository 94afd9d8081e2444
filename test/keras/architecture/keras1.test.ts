import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {keras} from 'convlab';
import {hdf5 as hdf5File} from '../../files/made';
import {inFolder} from '../folder';

// As Keras 1.2.2 wrote them: a Sequential's layers without a name of their own around them.
const CONVOLUTION = {
  nb_filter: 8,
  nb_row: 3,
  nb_col: 3,
  border_mode: 'valid',
  dim_ordering: 'th',
  init: 'glorot_uniform',
};
const DENSE = {
  name: 'dense_1',
  output_dim: 2,
  init: 'glorot_uniform',
  W_regularizer: null,
  batch_input_shape: [null, 4],
};

test.each([
  ['says so', {keras_version: '1.2.2'}, {name: 'dense_1'}],
  ['has its name of a regularizer', {}, DENSE],
  ['has its names of a convolution', {}, CONVOLUTION],
])('a model of Keras 1 whose file %s is refused with what to do', async (_, attributes, config) => {
  await inFolder(async (folder) => {
    const path = join(folder, 'old.h5');
    const architecture = {class_name: 'Sequential', config: [{class_name: 'Dense', config}]};
    const root = new Map(Object.entries({...attributes, model_config: JSON.stringify(architecture)}));
    writeFileSync(path, await hdf5File({attributes: new Map([['', root]]), arrays: new Map()}));
    await expect(keras.load(path)).rejects.toThrow(
      /^keras\.load: .*old\.h5: it is of Keras 1, .*from 2\.0 to 2\.3, .*and save it again: keras\.models\.load_model/,
    );
  });
});
