// Keras 3's .keras files: a zip of metadata.json, config.json and model.weights.h5.
// Source: keras.src.saving.saving_lib.
import {unzip, zip} from '../../files/zip';
import {readHdf5, writeHdf5, type Hdf5} from '../../files/hdf5';
import {parseObject, stringify, type JsonObject} from '../json';
import type {ModelFile} from './modelFile';
import type {SavedVariable} from '../training/savedState';
import {arrayAt} from './variables';
import {putVariables, slashed, weightsToKeras} from './kerasWeights';

// The version whose layout this is.
const KERAS_VERSION = '3.15.1';
const WEIGHTS = 'model.weights.h5';
const ENTRIES = ['metadata.json', 'config.json', WEIGHTS];

/** A model as the bytes of a .keras file. */
export async function modelToZip({architecture, compile, state, model, names}: ModelFile): Promise<Uint8Array> {
  const file = weightsToKeras(model, names);
  if (state) {
    const arrays = state.map(({array}) => array);
    putVariables(file, 'optimizer', compile!.optimizer.class_name.toLowerCase(), arrays);
  }
  const config = {
    ...architecture,
    build_config: {input_shape: model.inputs.length === 1 ? model.inputs[0]!.shape : null},
    ...(compile && {
      compile_config: {
        ...compile,
        optimizer: {module: 'keras.optimizers', ...compile.optimizer, registered_name: null},
        weighted_metrics: null,
        run_eagerly: false,
        steps_per_execution: 1,
        jit_compile: false,
      },
    }),
  };
  const saved = new Date().toISOString().slice(0, 19).replace('T', '@');
  const text = (json: JsonObject) => new TextEncoder().encode(stringify(json));
  return await zip([
    ['metadata.json', text({keras_version: KERAS_VERSION, date_saved: saved})],
    ['config.json', text(config)],
    [WEIGHTS, await writeHdf5(file)],
  ]);
}

/** The configuration and the weights in the bytes of a .keras file. */
export async function readKeras(
  bytes: Uint8Array,
): Promise<{architecture: JsonObject; version: string; compile?: JsonObject; file: Hdf5}> {
  const entries = await unzip(bytes, (name) => ENTRIES.includes(name) || name.endsWith('.npz'));
  const entry = (name: string) => {
    const data = entries.get(name);
    if (data) return data;
    const npz = [...entries.keys()].find((other) => other.endsWith('.npz'));
    if (npz !== undefined)
      throw new Error(`its weights are in '${npz}', which can hold Python code; only ${WEIGHTS} is read`);
    throw new Error(`it is a zip archive without '${name}', so not a model of Keras 3's`);
  };
  const json = (name: string) => parseObject(new TextDecoder().decode(entry(name)), name);
  const {compile_config, ...architecture} = json('config.json');
  const {keras_version} = json('metadata.json');
  const file = slashed(await readHdf5(entry(WEIGHTS)));
  const compiled = typeof compile_config === 'object' && compile_config !== null && !Array.isArray(compile_config);
  return {
    architecture,
    version: typeof keras_version === 'string' ? keras_version : '3',
    ...(compiled && {compile: compile_config}),
    file,
  };
}

/** The weights alone. */
export async function readKerasWeights(bytes: Uint8Array): Promise<Hdf5> {
  return (await readKeras(bytes)).file;
}

/** The optimizer's variables of a .keras file, which numbers them. */
export function stateFromKeras(file: Hdf5): SavedVariable[] {
  const variables: SavedVariable[] = [];
  // A LossScaleOptimizer repeats among its own what the optimizer in it keeps.
  const inner = 'optimizer/inner_optimizer';
  const place = file.arrays.has(`${inner}/vars/0`) ? inner : 'optimizer';
  for (let i = 0; file.arrays.has(`${place}/vars/${i}`); i++) {
    variables.push({array: arrayAt(file, `${place}/vars/${i}`)});
  }
  return variables;
}
