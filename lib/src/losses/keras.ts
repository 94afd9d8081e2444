import {describe} from '../arguments/describe';
import {CallError} from '../arguments/publicCall';
import {type LossFunction, nameOfFunction} from '../tfjs/functionNames';
import {tf} from '../tfjs/tensorflow';
import {binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy} from './crossentropy';
import type {Values} from './loss';
import {lossConfigurationOf} from './configured';

/** The losses that Keras 3 computes in another way than tfjs 4.22, by tfjs's name. Sources: keras/src/losses/losses.py. */
const KERAS: Record<string, Values | undefined> = {
  categoricalCrossentropy: categoricalCrossentropy(),
  sparseCategoricalCrossentropy: sparseCategoricalCrossentropy(),
  binaryCrossentropy: binaryCrossentropy(),
  hinge: (yTrue, {values}) => margins(yTrue, values).mean(-1),
  squaredHinge: (yTrue, {values}) => margins(yTrue, values).square().mean(-1),
  kullbackLeiblerDivergence: (yTrue, {values}) => {
    const [p, q] = [yTrue, values].map((each) => each.toFloat().clipByValue(1e-7, 1)) as [tf.Tensor, tf.Tensor];
    return p.mul(p.div(q).log()).sum(-1);
  },
};

/** A loss of tfjs as Keras computes it; a function of the user's own as it is. @param what It is called in errors. */
export function valuesOf(what: 'loss' | 'metric', f: LossFunction): Values {
  const configured = lossConfigurationOf(f);
  if (configured) return configured.values;
  const name = nameOfFunction(f);
  return (name === undefined ? undefined : KERAS[name]) ?? asGiven(what, f);
}

function asGiven(what: string, f: LossFunction): Values {
  return (yTrue, {values}) => {
    let found: unknown;
    try {
      found = f(yTrue, values);
    } catch (error) {
      throw explained(error as Error, what, yTrue, values);
    }
    if (found instanceof tf.Tensor) return found;
    throw new Error(
      `the ${what} that the model was compiled with must return a tensor, got ${describe(found)}; calculate with tensors, as in yTrue.sub(yPred).square()`,
    );
  };
}

/** An operation that is given shapes which don't fit says neither that they are labels and outputs nor what to do. */
function explained(error: Error, what: string, yTrue: tf.Tensor, yPred: tf.Tensor): Error {
  if (!/Invalid TF_Status: 3|shape/i.test(error.message) || String(yTrue.shape) === String(yPred.shape)) return error;
  const [labels, outputs] = [yTrue, yPred].map(({shape}) => `[${['n', ...shape.slice(1)].join(', ')}]`);
  return new CallError(
    `the ${what} that the model was compiled with failed on labels of shape ${labels} beside outputs of shape ${outputs}: ` +
      `${error.message.replace(/^[^]*Message: /, '')}; give labels of the outputs' shape, or reshape them in the ${what}`,
    {cause: error},
  );
}

/** max(0, 1 - y p), where labels of 0 and 1 stand for -1 and 1. */
function margins(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const y = yTrue.toFloat();
  const isBinary = y.equal(0).logicalOr(y.equal(1)).all().toFloat();
  // 2 y - 1 for binary labels, else y.
  const signs = y.mul(isBinary.add(1)).sub(isBinary);
  return tf.sub(1, signs.mul(yPred)).relu();
}
