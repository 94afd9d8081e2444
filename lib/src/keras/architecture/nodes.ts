import type {tf} from '../../tfjs/tensorflow';
import {asList, asObject, asString, isObject, shorten, type Json, type JsonObject} from '../json';
import {isContainer} from '../../tfjs/layers';
import {attentionArguments, HEADED} from './attentionCalls';
import {distinct, isOperation, standsForOperation, tensorsOfOperation} from './operations';
import {callToKeras} from './operationsToKeras';
import {callArgumentsOf, withoutOwnArguments} from './ownCalls';

// How the layers of a functional model are connected. A layer has one node for each time it is called. TensorFlow.js
// and Keras 2 write a node as a list of [layer, node, tensor, kwargs]; Keras 3 as the call's arguments, in which a
// tensor is {class_name: '__keras_tensor__', config: {keras_history: [layer, node, tensor]}}.
// A model inside a model has a node of its own from the beginning, which TensorFlow.js and Keras 2 count: the first
// call is node 1. Keras 3 counts it in output_layers, for a functional model only, and nowhere else.

interface Graph {
  /** For each layer, in order, its nodes. */
  inboundNodes: Json[][];
  inputLayers: Json[];
  outputLayers: Json[];
}

/** Called with several tensors rather than with a list of them. */
const SEPARATE: ReadonlySet<Json | undefined> = HEADED;
const RECURRENT = new Set(['RNN', 'SimpleRNN', 'LSTM', 'GRU', 'Bidirectional']);

/** The nodes of a functional model as Keras 3 writes them. */
export function nodesToKeras(
  config: JsonObject,
  layers: JsonObject[],
  model: tf.LayersModel,
  names: ReadonlyMap<string, string>,
): Graph {
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]));
  const tensor = (reference: Json, inOutputs: boolean): [string, number, number, string] => {
    const [name, node, index] = asList(reference, 'a node') as [string, number, number];
    const layer = byName.get(name)!;
    const counted = isContainer(layer) && !(inOutputs && layer.getClassName() !== 'Sequential') ? 1 : 0;
    return [names.get(name) ?? name, node - counted, index, name];
  };
  const kerasTensor = (reference: Json): Json => {
    const [name, node, index, tfjsName] = tensor(reference, false);
    // The node of the live layer; it has more than the model if it is used elsewhere, too.
    const output = byName.get(tfjsName)!.inboundNodes[(reference as number[])[1]!]!.outputTensors[index]!;
    const {dtype} = output;
    return {
      class_name: '__keras_tensor__',
      config: {shape: output.shape as Json, dtype, keras_history: [name, node, index]},
    };
  };
  // One tensor stands alone: a model with a list of one gives a list, which no Sequential around it takes.
  const outer = (key: string) => {
    const references = asList(config[key], key).map((reference) => tensor(reference, true).slice(0, 3));
    return references.length === 1 ? references[0]! : references;
  };
  return {
    inboundNodes: layers.map((layer) =>
      asList(layer.inbound_nodes, 'inbound_nodes').map((node) => {
        const references = asList(node, 'a node');
        const kwargs = asObject(asList(references[0], 'a node')[3] ?? {}, 'arguments of a call');
        const inputs = references.map(kerasTensor);
        // A recurrent layer's further inputs are its initial states.
        if (RECURRENT.has(layer.class_name as string) && inputs.length > 1) {
          return {args: [inputs[0]!], kwargs: {...kwargs, initial_state: inputs.slice(1)}};
        }
        const live = byName.get(asString(asObject(layer.config, 'config').name, 'name'))!;
        if (standsForOperation(layer.class_name as string) || SEPARATE.has(layer.class_name)) {
          return callToKeras(live.getConfig(), inputs);
        }
        return {
          args: inputs.length === 1 ? inputs : [inputs],
          kwargs: {...kwargs, ...callArgumentsOf(live, inputs[0]!)},
        };
      }),
    ),
    inputLayers: outer('input_layers'),
    outputLayers: outer('output_layers'),
  };
}

/**
 * A functional model's configuration with the nodes as Keras 2 wrote them, if they mean the same in Keras 3: with models
 * inside or initial states they don't, and Keras 3 comes first. Nor do they say how many axes the tensors have, which says
 * here which way an embedding leads.
 */
export function withLists(config: JsonObject): JsonObject {
  const layers = asList(config.layers, 'layers') as JsonObject[];
  if (layers.some(({class_name}) => class_name === 'Sequential' || class_name === 'Functional')) return config;
  if (layers.some((layer) => isOperation(layer) || SEPARATE.has(layer.class_name))) return config;
  const lists = layers.map((layer) =>
    (layer.inbound_nodes as JsonObject[]).map((node) => {
      const kwargs = asObject(node.kwargs, 'kwargs');
      if ('initial_state' in kwargs || 'reverse' in kwargs) return undefined;
      return tensorsIn(node.args!).map((reference) => [...reference, kwargs]);
    }),
  );
  if (lists.some((nodes) => nodes.includes(undefined))) return config;
  return {...config, layers: layers.map((layer, i) => ({...layer, inbound_nodes: lists[i] as Json}))};
}

/** The nodes of a Keras model, of any version, as TensorFlow.js reads them. */
export function nodesToTfjs(config: JsonObject): Graph {
  const layers = asList(config.layers, 'layers').map((layer) => asObject(layer, 'a layer'));
  const classes = new Map(layers.map((layer) => [asString(layer.name, 'name'), layer.class_name]));
  if (classes.size !== layers.length) throw new Error('two of its layers have the same name');
  let keras3 = false;
  const shifted = (reference: Json[], by: (className: Json | undefined) => boolean): Json[] => {
    const [name, node, index] = reference;
    if (typeof name !== 'string' || !isCount(node) || !isCount(index)) {
      throw new Error(`${shorten(reference)} should be [layer, node, tensor]`);
    }
    if (!classes.has(name)) throw new Error(`it uses a layer '${name}' that it doesn't have`);
    return [name, by(classes.get(name)) ? node + 1 : node, index];
  };
  const inside = (className: Json | undefined) => className === 'Sequential' || isModel(className);
  const inboundNodes = layers.map((layer) =>
    asList(layer.inbound_nodes, 'inbound_nodes').map((node) => {
      if (Array.isArray(node)) {
        // Keras 2 writes [[layer, node, tensor, kwargs], …]
        return node.map((entry) => {
          const reference = asList(entry, 'a node');
          return [
            ...shifted(reference, () => false),
            callArguments(withoutOwnArguments(layer, asObject(reference[3] ?? {}, 'kwargs'))),
          ];
        });
      }
      keras3 = true;
      const {args, kwargs} = asObject(node, 'a node');
      const {initial_state, ...others} = asObject(kwargs ?? {}, 'kwargs');
      const apart = isOperation(layer) ? tensorsOfOperation(args ?? [], others) : separately(layer, args ?? [], others);
      if (apart) return distinct(tensorsIn(apart)).map((each) => [...shifted(each, inside), {}]);
      const references = [...tensorsIn(args ?? []), ...tensorsIn(initial_state ?? null)];
      const call = callArguments(withoutOwnArguments(layer, others));
      return references.map((reference) => [...shifted(reference, inside), call]);
    }),
  );
  const outer = (key: string) =>
    referencesIn(config[key]!, key).map((reference) =>
      shifted(reference, (className) => keras3 && className === 'Sequential'),
    );
  const graph = {inboundNodes, inputLayers: outer('input_layers'), outputLayers: outer('output_layers')};
  checkGraph(layers, graph);
  const outputs = graph.outputLayers.map((reference) => JSON.stringify(reference));
  const twice = graph.outputLayers.find((_, i) => outputs.indexOf(outputs[i]!) < i);
  if (twice) throw new Error(`its output ${shorten(twice)} is there twice, which TensorFlow.js can't give`);
  return graph;
}

/** The arguments of a layer that is called with several tensors; undefined for all others. */
function separately({class_name}: JsonObject, args: Json, kwargs: JsonObject): Json[] | undefined {
  return SEPARATE.has(class_name) ? attentionArguments(args, kwargs) : undefined;
}

function isModel(className: Json | undefined): boolean {
  return className === 'Functional' || className === 'Model';
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** TensorFlow.js's reader goes round for ever in a graph that can't be resolved: look before. */
function checkGraph(layers: JsonObject[], {inboundNodes, inputLayers, outputLayers}: Graph): void {
  // How many nodes each layer has so far, resolved in the order in which they can be.
  const nodes = new Map(
    layers.map(({name, class_name}) => [
      name as string,
      class_name === 'InputLayer' || class_name === 'Sequential' || isModel(class_name) ? 1 : 0,
    ]),
  );
  const exists = (reference: Json) => {
    const [name, node] = reference as [string, number];
    return nodes.get(name)! > node;
  };
  const waiting = layers.map(({name}, i) => ({name: name as string, calls: [...inboundNodes[i]!]}));
  for (let progress = true; progress;) {
    progress = false;
    for (const {name, calls} of waiting) {
      while (calls.length > 0 && (calls[0] as Json[]).every(exists)) {
        calls.shift();
        nodes.set(name, nodes.get(name)! + 1);
        progress = true;
      }
    }
  }
  const stuck = waiting.find(({calls}) => calls.length > 0);
  if (stuck) throw new Error(`layer '${stuck.name}' waits for an output that never comes`);
  const missing = [...inputLayers, ...outputLayers].find((reference) => !exists(reference));
  if (missing) throw new Error(`its inputs and outputs name ${shorten(missing)}, which doesn't exist`);
  if (inputLayers.length === 0 || outputLayers.length === 0) throw new Error('it has no inputs or no outputs');
}

/** The tensors anywhere in a call's arguments, in order, as [layer, node, tensor]. */
function tensorsIn(value: Json): Json[][] {
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  if (value === null) return [];
  if (isObject(value) && value.class_name === '__keras_tensor__') {
    return [asList(asObject(value.config, 'config').keras_history, 'keras_history')];
  }
  throw new Error(`a layer is called with ${shorten(value)}, which TensorFlow.js has no way to say`);
}

/** input_layers and output_layers: one [layer, node, tensor], a list of them, or an object of them. */
function referencesIn(value: Json, what: string): Json[][] {
  if (isObject(value)) {
    // Keras goes through them by their names, and counts layers so.
    const names = Object.keys(value).sort();
    return names.flatMap((name) => referencesIn(value[name]!, what));
  }
  const list = asList(value, what);
  return typeof list[0] === 'string' ? [list] : list.flatMap((inner) => referencesIn(inner, what));
}

function callArguments(kwargs: JsonObject): JsonObject {
  const {training = null, ...others} = kwargs;
  const other = Object.entries(others).find(([, value]) => ![value].flat().every((each) => each === null));
  if (other) throw new Error(`a layer is called with ${other[0]}: ${shorten(other[1])}, which TensorFlow.js lacks`);
  return training === null ? {} : {training};
}
