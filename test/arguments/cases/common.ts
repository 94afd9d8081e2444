import {ImageSet, tf} from 'convlab';

/** What a reader does, and words of the error that must come of it. */
export type Case = [slip: string, call: () => unknown, message: string];

/** By the name of the public function. */
export type Cases = Record<string, Case[]>;

/** Anything goes in as any argument: what the compiler would refuse is what is tested. */
export const wrong = (value: unknown) => value as never;
/** A forgotten await. */
export const later = wrong(Promise.resolve(1));

function network(loss: string) {
  const {flatten, dense} = tf.layers;
  const model = tf.sequential({
    layers: [flatten({inputShape: [6, 5, 1]}), dense({units: 3, activation: 'softmax'})],
  });
  model.compile({optimizer: 'sgd', loss, metrics: ['accuracy']});
  return model;
}

export const model = network('categoricalCrossentropy');
export const sparse = network('sparseCategoricalCrossentropy');
export const x = tf.ones([4, 6, 5, 1]);
export const y = tf.oneHot(tf.tensor1d([0, 1, 2, 0], 'int32'), 3);
export const set = new ImageSet(new Uint8Array(120), [4, 6, 5], Uint8Array.of(0, 1, 2, 0));
export const disposed = tf.ones([4, 6, 5, 1]);
disposed.dispose();
