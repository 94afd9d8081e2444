/**
 * Keras's name of a class. Where TensorFlow.js has one of the same name that computes otherwise, ours has 'Keras' before it:
 * models in TensorFlow.js's own format go on as they were.
 */
export function kerasClass(className: string): string {
  return className === 'KerasOperation' ? className : className.replace(/^Keras(?=[A-Z])/, '');
}
