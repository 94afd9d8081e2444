// TensorFlow.js's own format: a model.json, and the weights beside it in files that it lists.
import {readFile, stat} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {inWords} from '../../files/errors';
import {loadArtifacts} from '../../tfjs/artifacts';
import type {tf} from '../../tfjs/tensorflow';
import {asList, asObject, asString, shorten, type Json, type JsonObject} from '../json';

const BYTES: Readonly<Record<string, number>> = {float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2};

/**
 * The model of a model.json and its weights, as `tf.loadLayersModel` reads it; before that the list of weights is held
 * against the files, of which only those in the same folder are opened.
 *
 * @param path the model.json's
 * @param json what it holds
 * @throws Error for a graph model, for files that are missing, short or elsewhere, and for what TensorFlow.js lacks
 */
export async function readTfjs(path: string, json: JsonObject): Promise<tf.LayersModel> {
  if (json.format === 'graph-model' || 'node' in asObject(json.modelTopology, 'modelTopology')) {
    throw new Error("it is a graph model, which can predict but not train: tf.loadGraphModel('file://…') opens it");
  }
  const specs: JsonObject[] = [];
  const pieces: Buffer[] = [];
  for (const group of asList(json.weightsManifest, 'weightsManifest').map((each) => asObject(each, 'its group'))) {
    const own = asList(group.weights, 'weights').map((each) => asObject(each, 'a weight'));
    const files = asList(group.paths, 'paths').map((each) => inFolder(asString(each, 'a path')));
    const expected = own.reduce((sum, spec) => sum + bytesOf(spec), 0);
    const read = await readAll(dirname(path), files, expected);
    specs.push(...own);
    pieces.push(...read);
  }
  const {buffer, byteOffset, byteLength} = Buffer.concat(pieces);
  return loadArtifacts({
    modelTopology: asObject(json.modelTopology, 'modelTopology'),
    weightSpecs: specs,
    weightData: buffer.slice(byteOffset, byteOffset + byteLength),
    ...(json.trainingConfig && {trainingConfig: asObject(json.trainingConfig, 'trainingConfig')}),
  });
}

function bytesOf(spec: JsonObject): number {
  const shape = asList(spec.shape, 'shape');
  const {dtype} = spec.quantization ? asObject(spec.quantization, 'quantization') : spec;
  const size = typeof dtype === 'string' ? BYTES[dtype] : undefined;
  if (size === undefined) throw new Error(`weight ${shorten(spec.name)} is of dtype ${shorten(dtype)}`);
  return shape.reduce<number>((product, length) => product * wholeNumber(length), size);
}

function wholeNumber(length: Json): number {
  if (Number.isSafeInteger(length) && (length as number) >= 0) return length as number;
  throw new Error(`a weight's shape should be whole numbers, got ${shorten(length)}`);
}

/** What a browser downloads is listed as './model.weights.bin'. */
function inFolder(name: string): string {
  return name.replace(/^(\.\/)+/, '');
}

async function readAll(folder: string, files: string[], expected: number): Promise<Buffer[]> {
  const elsewhere = files.find((name) => name !== basename(name));
  if (elsewhere !== undefined) throw new Error(`its weights are in '${elsewhere}', outside of its folder`);
  try {
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
    const found = sizes.reduce((sum, size) => sum + size, 0);
    if (found !== expected) {
      throw new Error(`its weights take ${expected} bytes, but ${files.join(', ')} have ${found}`);
    }
    return await Promise.all(files.map((name) => readFile(join(folder, name))));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new Error(`its weights: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  }
}
