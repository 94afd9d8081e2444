// Keras 3's .keras files: a zip of metadata.json, config.json and model.weights.h5.
// Source: keras.src.saving.saving_lib.
import type {FileHandle} from 'node:fs/promises';
import {entriesIn} from '../../files/zip';
import {ZipFile} from '../../files/zipWriter';
import {readHdf5, writeHdf5, type Hdf5, type Hdf5ToWrite} from '../../files/hdf5';
import type {FilePart} from '../../files/part';
import {parseObject, stringify, type JsonObject} from '../json';
import {configurationIn, type Configuration} from './configuration';
import type {ModelFile} from './modelFile';
import type {SavedVariable} from '../training/savedState';
import {arrayAt} from './variables';
import {putVariables, slashed, weightsToKeras} from './kerasWeights';

// The version whose layout this is.
const KERAS_VERSION = '3.15.1';
const WEIGHTS = 'model.weights.h5';

/** The weights in a .keras file, and the optimizer's; they are held on to until they are written. */
export function weightsOf({compile, state, model, names}: ModelFile): Hdf5ToWrite {
  const file = weightsToKeras(model, names);
  if (state) {
    const arrays = state.map(({array}) => array);
    putVariables(file, 'optimizer', compile!.optimizer.class_name.toLowerCase(), arrays);
  }
  return file;
}

/**
 * Writes a .keras file.
 *
 * @param weights as `weightsOf` gives them
 * @param file empty and open
 */
export async function writeKeras(
  {architecture, compile, model}: ModelFile,
  weights: Hdf5ToWrite,
  file: FileHandle,
): Promise<void> {
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
  const archive = new ZipFile(file);
  await archive.add('metadata.json', text({keras_version: KERAS_VERSION, date_saved: saved}));
  await archive.add('config.json', text(config));
  await archive.add(WEIGHTS, (start) => writeHdf5(weights, file, start));
  await archive.close();
}

/** The configuration and the weights in a .keras file. */
export async function readKeras({file}: FilePart): Promise<Configuration & {file: Hdf5}> {
  const entries = await entriesIn(file);
  const entry = (name: string) => {
    const found = entries.filter((each) => each.name === name);
    if (found.length > 1) throw new Error(`it holds '${name}' twice`);
    if (found[0]) return found[0];
    const npz = entries.find((other) => other.name.endsWith('.npz'));
    if (npz) throw new Error(`its weights are in '${npz.name}', which can hold Python code; only ${WEIGHTS} is read`);
    throw new Error(`it is a zip archive without '${name}', so not a model of Keras 3's`);
  };
  const json = async (name: string) => parseObject(new TextDecoder().decode(await entry(name).data()), name);
  const config = await json('config.json');
  const {keras_version = '3'} = await json('metadata.json');
  const weights = slashed(await readHdf5(await entry(WEIGHTS).part()));
  return {...configurationIn({keras_version, ...config}), file: weights};
}

/** The weights alone. */
export async function readKerasWeights(archive: FilePart): Promise<Hdf5> {
  return (await readKeras(archive)).file;
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
