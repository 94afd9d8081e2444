// What Keras says with the call of a layer and is an argument of the layer here: TensorFlow.js has no place for it in a call.
import type {tf} from '../../tfjs/tensorflow';
import {asList, asObject, isObject, omit, type Json, type JsonObject} from '../json';

/** A call of a layer with one tensor, or with a list of them. */
interface Call {
  kwargs: JsonObject;
  /** How many axes the first tensor has; undefined where the file doesn't say. */
  rank: number | undefined;
}

interface OwnCall {
  /** As arguments of the layer, by Keras's spelling. */
  read(calls: Call[]): JsonObject;
  /** The arguments of the call that are left. */
  left(kwargs: JsonObject): JsonObject;
  /** A call's arguments by those of the layer, by TensorFlow.js's spelling. */
  write(layer: JsonObject, rank: number | undefined): JsonObject;
}

/** An argument where it is given. */
const said = (given: boolean, name: string, value: Json): JsonObject => (given ? {[name]: value} : {});

const attention: OwnCall = {
  read(calls) {
    const causal = new Set(calls.map(({kwargs}) => kwargs.use_causal_mask === true));
    if (causal.size > 1) throw new Error('it is called with use_causal_mask and without, which is not supported here');
    return said(causal.has(true), 'use_causal_mask', true);
  },
  left(kwargs) {
    const {return_attention_scores = null, ...others} = omit(kwargs, 'use_causal_mask');
    return return_attention_scores === true ? {...others, return_attention_scores} : others;
  },
  write: ({useCausalMask}) => said(useCausalMask === true, 'use_causal_mask', true),
};

const reversible: OwnCall = {
  read(calls) {
    const ranks = (reverse: boolean) =>
      new Set(calls.filter(({kwargs}) => (kwargs.reverse === true) === reverse).map(({rank}) => rank));
    const [back, forth] = [ranks(true), ranks(false)];
    if (back.size > 1 || [...back].some((rank) => rank === undefined || forth.has(rank))) {
      throw new Error(
        'it is called with reverse=True and without on tensors of as many axes, or with reverse=True on tensors of ' +
          'different ones, which is not supported here',
      );
    }
    return said(back.size === 1, 'reverse_rank', [...back][0] ?? null);
  },
  left: (kwargs) => omit(kwargs, 'reverse'),
  write: ({reverseRank}, rank) => said(reverseRank === rank, 'reverse', true),
};

/** By Keras's class. */
const OWN_CALLS: ReadonlyMap<Json | undefined, OwnCall> = new Map([
  ['Attention', attention],
  ['AdditiveAttention', attention],
  ['ReversibleEmbedding', reversible],
]);

/** How a layer is called, as arguments of its own; none for a layer that has all in its configuration. */
export function ownArguments(layer: JsonObject): JsonObject {
  const nodes = asList(layer.inbound_nodes ?? [], 'inbound_nodes');
  return OWN_CALLS.get(layer.class_name)?.read(nodes.map(callOf)) ?? {};
}

function callOf(node: Json): Call {
  if (isObject(node)) {
    return {kwargs: asObject(node.kwargs ?? {}, 'kwargs'), rank: rankOf([node.args ?? []].flat()[0] ?? null)};
  }
  const [first] = asList(node, 'a node');
  return {kwargs: asObject(asList(first ?? [], 'a node')[3] ?? {}, 'kwargs'), rank: undefined};
}

function rankOf(tensor: Json): number | undefined {
  const config = isObject(tensor) ? tensor.config : undefined;
  return isObject(config ?? null) ? (config as {shape?: Json[]}).shape?.length : undefined;
}

/** A call's arguments without those that `ownArguments` reads. */
export function withoutOwnArguments({class_name}: JsonObject, kwargs: JsonObject): JsonObject {
  return OWN_CALLS.get(class_name)?.left(kwargs) ?? kwargs;
}

/** What Keras says with a call of a layer with this tensor first, as Keras writes it, and the layer says here. */
export function callArgumentsOf(layer: tf.layers.Layer, first: Json): JsonObject {
  return OWN_CALLS.get(layer.getClassName())?.write(layer.getConfig(), rankOf(first)) ?? {};
}
