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
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(`${what} is not JSON (${(error as Error).message})`, {cause: error});
  }
  return asObject(value, what);
}
