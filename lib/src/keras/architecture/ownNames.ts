// Names of layers that Keras takes and TensorFlow.js doesn't: with a space, a colon, letters like ö; and those that a model
// inside a Sequential shares with it. Here such a layer gets a name of its own, and in files the one that it came with.
import {isObject, type Json, type JsonObject} from '../json';

/** TensorFlow.js's name → the file's, of the layers for which they differ. */
export type Renamed = ReadonlyMap<string, string>;

/** As tfjs-layers 4.22 checks the names of tensors, which begin with their layer's. */
const VALID = /^[A-Za-z0-9][-A-Za-z0-9._/]*$/;

/** Names that every object has, such as 'constructor', TensorFlow.js takes for layers that it knows. */
const isValid = (name: string) => VALID.test(name) && !(name in Object.prototype);

const NONE: ReadonlySet<string> = new Set();

/** A Keras model's architecture with names that TensorFlow.js takes. */
export function withOwnNames(architecture: JsonObject): {architecture: JsonObject; renamed: Renamed} {
  const taken = new Set(namesIn(architecture));
  const renamed = new Map<string, string>();
  const standIn = (name: string): string => {
    const plain = name.replace(/[^-A-Za-z0-9._/]/g, '_').replace(/^(?![A-Za-z0-9])/, 'layer');
    let own = isValid(plain) ? plain : `layer_${plain}`;
    for (let i = 1; taken.has(own); i++) own = `${plain}_${i}`;
    taken.add(own);
    renamed.set(own, name);
    return own;
  };
  const ownName = (name: string, around: ReadonlySet<string>) =>
    isValid(name) && !around.has(name) ? name : standIn(name);

  /** `around`: names that this one mustn't have; `inside`: names that those inside mustn't, of a Sequential around. */
  const layer = (json: JsonObject, around: ReadonlySet<string>, inside: ReadonlySet<string>): JsonObject => {
    const config = isObject(json.config) ? json.config : undefined;
    if (config === undefined) return json;
    const layers = layersOf(json);
    const named: JsonObject = typeof config.name === 'string' ? {name: ownName(config.name, around)} : {};
    if (layers === undefined) {
      const wrapped: JsonObject = isObject(config.layer) ? {layer: layer(config.layer, NONE, NONE)} : {};
      return {...json, config: {...config, ...wrapped, ...named}};
    }
    const names = layers.map(nameOf);
    const isRow = json.class_name === 'Sequential';
    // TensorFlow.js takes a Sequential's inner models apart.
    const further = isRow ? new Set([...inside, ...names.filter((name) => name !== undefined)]) : inside;
    const converted = layers.map((each) => layer(each, inside, further));
    const own = new Map(names.map((name, i) => [name, nameOf(converted[i]!)]));
    const refer = (value: Json) => referring(value, own);
    const connected = converted.map((each) => ({
      ...each,
      ...(each.name !== undefined && {name: nameOf(each) ?? each.name}),
      ...(each.inbound_nodes !== undefined && {inbound_nodes: refer(each.inbound_nodes)}),
    }));
    const ends: JsonObject = {};
    for (const key of ['input_layers', 'output_layers']) if (key in config) ends[key] = refer(config[key]!);
    return {...json, config: {...config, ...named, layers: connected, ...ends}};
  };
  return {architecture: layer(architecture, NONE, NONE), renamed};
}

/**
 * What a model was compiled with, by the outputs' names: those of TensorFlow.js for the file's.
 *
 * @param architecture the file's: outputs to which it gives names of their own go by their layers' here
 */
export function withOwnKeys(given: JsonObject, renamed: Renamed, architecture: JsonObject): JsonObject {
  const own = new Map([...renamed].map(([tfjs, file]) => [file, tfjs]));
  const layers = outputLayers(architecture);
  const byLayers = (value: Json): Json =>
    isObject(value) && Object.keys(value).every((key) => layers.has(key))
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [layers.get(key)!, inner]))
      : value;
  const compile = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, byLayers(value)]));
  const keyed = (value: Json): Json =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [own.get(key) ?? key, keyed(inner)]))
      : value;
  return keyed(compile) as JsonObject;
}

/** The layers of a model's outputs, by the names that the outputs have if they are an object: {price: price_dense}. */
function outputLayers({config}: JsonObject): ReadonlyMap<string, string> {
  const outputs = isObject(config) && isObject(config.output_layers) ? config.output_layers : {};
  const named = Object.entries(outputs).map(([name, reference]) => [name, [reference].flat()[0]] as const);
  return new Map(named.flatMap(([name, layer]) => (typeof layer === 'string' ? [[name, layer] as const] : [])));
}

function layersOf(json: JsonObject): JsonObject[] | undefined {
  const layers = isObject(json.config) ? json.config.layers : undefined;
  return Array.isArray(layers) && layers.every(isObject) ? layers : undefined;
}

function nameOf(json: JsonObject): string | undefined {
  return isObject(json.config) && typeof json.config.name === 'string' ? json.config.name : undefined;
}

function namesIn(json: JsonObject): string[] {
  return [nameOf(json) ?? [], (layersOf(json) ?? []).flatMap(namesIn)].flat();
}

/** The same nodes with other names: [layer, node, tensor, …] wherever it stands. */
function referring(value: Json, own: ReadonlyMap<string | undefined, string | undefined>): Json {
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, referring(inner, own)]));
  }
  if (!Array.isArray(value)) return value;
  const [name, node, tensor, ...more] = value;
  const isReference = typeof name === 'string' && Number.isInteger(node) && Number.isInteger(tensor);
  if (!isReference) return value.map((each) => referring(each, own));
  return [own.get(name) ?? name, node!, tensor!, ...more.map((each) => referring(each, own))];
}
