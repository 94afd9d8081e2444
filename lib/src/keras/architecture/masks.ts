// Keras 3 writes into a functional model how the masks of padded sequences are computed: as operations, NotEqual and Any,
// whose results layers are called with. Here masks go on from layer to layer by themselves (tfjs/kerasMasks), by Keras's rules:
// where a call's masks are those, they need not be said.
import {MASKING, MERGES, RECURRENT} from '../../tfjs/kerasMasks';
import {asList, asObject, isObject, type Json, type JsonObject} from '../json';
import {isOperation} from './operations';

/** The arguments of calls that are masks. */
const MASKS = ['mask', 'query_mask', 'value_mask', 'key_mask'];

type Calls = ReadonlyMap<string, {layer: JsonObject; call: JsonObject}>;

/**
 * The layers of a functional model without the masks that go on by themselves and what computes them; the same layers where
 * there are none.
 *
 * @throws Error for a call with another mask.
 */
export function withoutMasks(config: JsonObject, layers: JsonObject[]): JsonObject[] {
  const calls = new Map(
    layers.flatMap((layer) =>
      callsOf(layer).map((call, i) => [`${layer.name as string} ${i}`, {layer, call}] as const),
    ),
  );
  if (![...calls.values()].some(({layer, call}) => !isOperation(layer) && masksIn(call).length > 0)) return layers;
  const masks = new MaskTexts(calls);
  const without = layers.map((layer) =>
    isOperation(layer) || callsOf(layer).length === 0
      ? layer
      : {...layer, inbound_nodes: callsOf(layer).map((call) => checked(layer, call, masks))},
  );
  const used = usedOperations(config, without);
  return without.filter((layer) => !isOperation(layer) || used.has(layer.name as string));
}

/** Calls as Keras 3 writes them. */
function callsOf(layer: JsonObject): JsonObject[] {
  const nodes = Array.isArray(layer.inbound_nodes) ? layer.inbound_nodes : [];
  return nodes.filter(isObject);
}

function masksIn(call: JsonObject): [string, Json][] {
  const kwargs = isObject(call.kwargs) ? call.kwargs : {};
  return MASKS.flatMap((key) => {
    const value = kwargs[key] ?? null;
    return [value].flat().some(isObject) ? [[key, value] as [string, Json]] : [];
  });
}

/** The call without its masks. */
function checked(layer: JsonObject, call: JsonObject, masks: MaskTexts): JsonObject {
  const found = masksIn(call);
  if (found.length === 0) return call;
  if ((asObject(call.kwargs, 'kwargs').initial_state ?? null) !== null) {
    throw new Error(
      `layer '${layer.name as string}' is called with mask and initial_state, of which one only is supported here`,
    );
  }
  const kwargs = asObject(call.kwargs, 'kwargs');
  const args = asList(call.args, 'args');
  const input = (key: string, place: number) => kwargs[key] ?? args[place] ?? null;
  const inputs: Record<string, Json> = {
    mask: input('inputs', 0),
    query_mask: input('query', 0),
    value_mask: input('value', 1),
    key_mask: input('key', 2),
  };
  for (const [key, value] of found) {
    const tensors = [inputs[key]!].flat();
    const isSame = [value].flat().every((mask, i) => {
      const own = masks.after(tensors[i] ?? null);
      return isObject(mask) ? own !== undefined && own === masks.text(mask) : true;
    });
    if (isSame) continue;
    throw new Error(
      `layer '${layer.name as string}' is called with ${key}, which isn't the mask that its input has from Masking or ` +
        'Embedding: masks of your own are not supported here',
    );
  }
  // Keras writes a mask down for a call without arguments, and `training` along with it; for one with arguments it doesn't, so
  // that a `training` left here would come back without its mask.
  const filledIn = [...found.map(([key]) => key), ...(kwargs.training === false ? ['training'] : [])];
  return {...call, kwargs: Object.fromEntries(Object.entries(kwargs).filter(([key]) => !filledIn.includes(key)))};
}

/** The operations that something other than a mask uses. */
function usedOperations(config: JsonObject, layers: JsonObject[]): Set<string> {
  const byName = new Map(layers.map((layer) => [layer.name as string, layer]));
  const used = new Set<string>();
  const visit = (value: Json | undefined): void => {
    for (const name of namesIn(value)) {
      const layer = byName.get(name);
      if (!layer || used.has(name) || !isOperation(layer)) continue;
      used.add(name);
      visit(layer.inbound_nodes);
    }
  };
  visit(config.output_layers);
  for (const layer of layers) if (!isOperation(layer)) visit(layer.inbound_nodes);
  return used;
}

/** Every layer that is named anywhere in it. */
function namesIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) {
    const isReference = typeof value[0] === 'string' && typeof value[1] === 'number';
    return isReference ? [value[0] as string] : value.flatMap(namesIn);
  }
  return isObject(value) ? Object.values(value).flatMap(namesIn) : [];
}

/** Says of tensors by which computation they come about, and of what; equal numbers for equal ones. */
class MaskTexts {
  private readonly numbers = new Map<string, number>();
  private readonly texts = new Map<string, number>();
  private readonly masks = new Map<string, number | undefined>();

  constructor(private readonly calls: Calls) {}

  private number(what: Json): number {
    const text = JSON.stringify(what);
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return number;
  }

  private operation(name: string, settings: Json, ...operands: Json[]): number {
    return this.number([name, settings, operands]);
  }

  /** A tensor, or a number among an operation's operands. */
  text(value: Json): number {
    if (!isObject(value) || value.class_name !== '__keras_tensor__') {
      return this.number(Array.isArray(value) ? value.map((each) => this.text(each)) : value);
    }
    const reference = referenceOf(value);
    const key = JSON.stringify(reference);
    const before = this.texts.get(key);
    if (before !== undefined) return before;
    this.texts.set(key, this.number(reference));
    const found = this.calls.get(`${reference[0] as string} ${reference[1] as number}`);
    if (found?.layer.class_name === 'ConvertToTensor') {
      this.texts.set(key, this.text(asList(found.call.args, 'args')[0] ?? null));
    } else if (found && isOperation(found.layer)) {
      const {axis = null, keepdims = false} = asObject(found.layer.config, 'config');
      const operands = asList(found.call.args, 'args').map((each) => this.text(each));
      this.texts.set(key, this.operation(found.layer.class_name as string, [axis, keepdims], ...operands));
    }
    return this.texts.get(key)!;
  }

  /** The mask that a tensor has. */
  after(tensor: Json): number | undefined {
    if (!isObject(tensor) || tensor.class_name !== '__keras_tensor__') return undefined;
    const reference = referenceOf(tensor);
    const key = JSON.stringify(reference);
    if (this.masks.has(key)) return this.masks.get(key);
    this.masks.set(key, undefined);
    const found = this.calls.get(`${reference[0] as string} ${reference[1] as number}`);
    // Only a layer's first output has one, but for Bidirectional's, which come in two.
    if (found && reference[2] === 0) this.masks.set(key, this.maskAfter(found.layer, found.call));
    return this.masks.get(key);
  }

  private maskAfter(layer: JsonObject, call: JsonObject): number | undefined {
    const className = layer.class_name as string;
    if (isOperation(layer) || !MASKING.has(className)) return undefined;
    const config = asObject(layer.config, 'config');
    const kwargs = isObject(call.kwargs) ? call.kwargs : {};
    const inputs = [asList(call.args, 'args')[0] ?? kwargs.inputs ?? kwargs.query ?? null].flat();
    const [input = null] = inputs;
    if (className === 'Embedding') {
      return config.mask_zero === true
        ? this.operation('NotEqual', [null, false], this.text(input), this.text(0))
        : undefined;
    }
    if (className === 'Masking') {
      const unequal = this.operation('NotEqual', [null, false], this.text(input), this.text(config.mask_value ?? 0));
      return this.operation('Any', [-1, false], unequal);
    }
    const given = inputs.map((each) => this.after(each));
    if (className === 'Concatenate') return this.concatenated(inputs, given, config.axis ?? -1);
    if (MERGES.has(className)) {
      if (given.includes(undefined)) return undefined;
      return (given as number[]).reduce((a, b) => this.operation('LogicalOr', [null, false], a, b));
    }
    if (RECURRENT.has(className) && returnsSequences(config) !== true) return undefined;
    return given[0];
  }

  private concatenated(inputs: Json[], given: (number | undefined)[], axis: Json): number | undefined {
    if (given.every((mask) => mask === undefined)) return undefined;
    const whole = inputs.map((input, i) => {
      const mask = given[i];
      if (mask === undefined) return this.operation('OnesLike', [null, false], this.text(input));
      const open = this.operation('ExpandDims', [-1, false], mask);
      return this.operation(
        'LogicalOr',
        [null, false],
        open,
        this.operation('ZerosLike', [null, false], this.text(input)),
      );
    });
    return this.operation('Any', [-1, false], this.operation('Concatenate', [axis, false], this.number(whole)));
  }
}

function returnsSequences({layer, return_sequences}: JsonObject): Json | undefined {
  return isObject(layer) ? asObject(layer.config, 'config').return_sequences : return_sequences;
}

function referenceOf(tensor: JsonObject): Json[] {
  return asList(asObject(tensor.config, 'config').keras_history, 'keras_history');
}
