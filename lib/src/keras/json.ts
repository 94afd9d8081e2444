/** JSON as it comes from a file: nothing about it is known yet. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** `value` as an object, or an error that says what should have been one. */
export function asObject(value: Json | undefined, what: string): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`${what} should be an object, got ${shorten(value)}`);
}

/** `value` as a list, or an error that says what should have been one. */
export function asList(value: Json | undefined, what: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${what} should be a list, got ${shorten(value)}`);
}

/** `value` as a string, or an error that says what should have been one. */
export function asString(value: Json | undefined, what: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`${what} should be a string, got ${shorten(value)}`);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of `object` without these keys. */
export function omit(object: JsonObject, ...keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** A value as an error shows it. */
export function shorten(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Parses text that should hold a JSON object. */
export function parseObject(text: string, what: string): JsonObject {
  let value: Json;
  try {
    value = parsePython(text);
  } catch (error) {
    throw new Error(`${what} is not JSON (${(error as Error).message})`, {cause: error});
  }
  return asObject(value, what);
}

/** JSON as Python writes it: it has words for numbers that JSON lacks. */
function parsePython(text: string): Json {
  if (!/Infinity|NaN/.test(text)) return JSON.parse(text) as Json;
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (found) =>
    found.startsWith('"') ? found : `"\\u0000${found}"`,
  );
  return JSON.parse(marked, (_, each: Json) => {
    return typeof each === 'string' && each.startsWith('\0') ? Number(each.slice(1)) : each;
  }) as Json;
}

/** What Python must read as floats: Keras refuses a learning rate of 1 where it takes 1.0, and counts on in whole numbers. */
const FLOATS = new Set([
  ...['learning_rate', 'initial_learning_rate', 'end_learning_rate', 'decay_rate', 'power', 'alpha', 'warmup_target'],
  ...[
    'momentum',
    'rho',
    'epsilon',
    'beta',
    'beta_1',
    'beta_2',
    'weight_decay',
    'clipnorm',
    'global_clipnorm',
    'clipvalue',
  ],
  ...['ema_momentum', 'initial_accumulator_value', 'learning_rate_power', 't_mul', 'm_mul'],
  ...['l1_regularization_strength', 'l2_regularization_strength', 'l2_shrinkage_regularization_strength'],
]);

/** JSON as Python is to read it: JavaScript writes 1 for a float of 1, and null for Infinity. */
export function stringify(value: Json): string {
  // No text in a file of Keras's begins like this.
  const marked = (each: unknown) => `\0${each as number}`;
  const float = (each: unknown) => (Number.isInteger(each) ? `${marked(each)}.0` : each);
  const text = JSON.stringify(value, (key, each: unknown) => {
    if (FLOATS.has(key)) return float(each);
    // Those of a piecewise schedule.
    if (key === 'values' && Array.isArray(each)) return each.map(float);
    return typeof each === 'number' && !Number.isFinite(each) ? marked(each) : each;
  });
  return text.replace(/"\\u0000([^"]*)"/g, '$1');
}
