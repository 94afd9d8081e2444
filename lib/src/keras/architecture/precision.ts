import {isObject, type Json} from '../json';

/**
 * Floats of another length than 32 bits: Keras's names for them, alone and where weights have 32 bits all the same. Files
 * hold bfloat16 in a way of Keras's own, which isn't read.
 */
export const OTHER_FLOATS: ReadonlySet<Json | undefined> = new Set([
  'float16',
  'float64',
  'mixed_float16',
  'mixed_bfloat16',
]);

/** The name in a dtype, around which Keras 3 writes a policy. */
export function dtypeName(value: Json): Json {
  if (!isObject(value)) return value;
  return isObject(value.config) ? (value.config.name ?? null) : null;
}

/** The other floats that a model's layers compute with, each once. */
export function otherFloats(architecture: Json): string[] {
  const found = new Set<string>();
  const look = (value: Json, key?: string) => {
    const name = key === 'dtype' ? dtypeName(value) : null;
    if (typeof name === 'string' && OTHER_FLOATS.has(name)) found.add(name);
    else if (Array.isArray(value)) for (const each of value) look(each);
    else if (isObject(value)) for (const [inner, each] of Object.entries(value)) look(each, inner);
  };
  look(architecture);
  return [...found];
}

/** What becomes of them here, and what follows. */
export function precisionNotice(names: readonly string[]): string {
  const off = names.includes('float64') && names.length === 1 ? 'after the seventh digit' : 'after the third digit';
  return `it computes with ${names.join(' and ')}; here all numbers have 32 bits, so that predictions may differ from Keras's ${off}`;
}
