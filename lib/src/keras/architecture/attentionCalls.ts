// How layers of attention are called in functional models: what Keras says with a call is an argument of the layer here.
import {asList, asObject, omit, shorten, type Json, type JsonObject} from '../json';
import {historyOf, usesOf} from './operations';

/** The classes that are called with a query, a value and a key. */
export const HEADED: ReadonlySet<Json | undefined> = new Set(['MultiHeadAttention', 'GroupedQueryAttention']);

/** The query, the value and the key of a call of MultiHeadAttention, some of them by name. */
export function attentionArguments(args: Json, kwargs: JsonObject): Json[] {
  const {query, value, key, ...others} = omit(kwargs, 'use_causal_mask');
  const other = Object.entries(others).find(([, each]) => each !== null && each !== false);
  if (other) throw new Error(`attention is called with ${other[0]}: ${shorten(other[1])}, which isn't supported here`);
  return [...asList(args, 'args'), ...[query, value, key].flatMap((each) => (each ? [each] : []))];
}

/** How a layer of `HEADED` is called, as arguments of its own. */
export function attentionCall(layer: JsonObject): JsonObject {
  const calls = asList(layer.inbound_nodes ?? [], 'inbound_nodes').map((node) => {
    const {args, kwargs} = asObject(node, 'a call of attention, as Keras 3 writes it,');
    const given = asObject(kwargs ?? {}, 'kwargs');
    const causal: JsonObject = given.use_causal_mask === true ? {use_causal_mask: true} : {};
    const byName = ['query', 'value', 'key'].filter((name) => (given[name] ?? null) !== null);
    const named: JsonObject = byName.length > 0 ? {by_name: byName} : {};
    return {...usesOf(attentionArguments(args ?? [], given).map(historyOf)), ...causal, ...named};
  });
  if (new Set(calls.map((call) => JSON.stringify(call))).size > 1) {
    throw new Error('it is called several times in different ways, which is not supported here');
  }
  return calls[0] ?? {};
}
