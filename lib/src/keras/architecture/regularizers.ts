import {isObject, type Json} from '../json';

/** Those of Keras's that TensorFlow.js has. */
const KNOWN: ReadonlySet<Json | undefined> = new Set(['L1', 'L2', 'L1L2']);

/**
 * Whether a regularizer can't be kept: one of the user's own, one that TensorFlow.js lacks, and every activity regularizer,
 * with which TensorFlow.js's layers compute nothing. None of them matters for predictions.
 */
export function isLeftOut(key: string, value: Json): boolean {
  if (!key.endsWith('_regularizer') || value === null) return false;
  return key === 'activity_regularizer' || !KNOWN.has(isObject(value) ? value.class_name : value);
}

/** The regularizers of a model that aren't kept, as 'kernel_regularizer Mine', each once. */
export function leftOutRegularizers(architecture: Json): string[] {
  if (Array.isArray(architecture)) return [...new Set(architecture.flatMap(leftOutRegularizers))];
  if (!isObject(architecture)) return [];
  // A layer that is nothing but one.
  const itself = architecture.class_name === 'ActivityRegularization' ? ['ActivityRegularization'] : [];
  const found = Object.entries(architecture).flatMap(([key, value]) => {
    if (!isLeftOut(key, value)) return leftOutRegularizers(value);
    const name = isObject(value) ? value.class_name : value;
    return [typeof name === 'string' ? `${key} ${name}` : key];
  });
  return [...new Set([...itself, ...found])];
}

/** What becomes of them here, and what follows. */
export function regularizerNotice(found: readonly string[]): string {
  return `left out ${found.join(', ')}: predictions are the same, but the loss lacks the penalty, so that training differs`;
}
