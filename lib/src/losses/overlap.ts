// How far what a model marks lies over what is marked: losses for segmentation, losses/losses.py in Keras.
import {tf} from '../tfjs/tensorflow';
import type {Values} from './loss';

/** Over which axes an overlap is counted: all where it isn't said. */
export interface OverlapOptions {
  axis?: number | number[];
}

const EPSILON = 1e-7;

/** 1 less twice what both have, by what each has. */
export function dice({axis}: OverlapOptions = {}): Values {
  return (yTrue, {values}) => {
    const y = yTrue.toFloat();
    const both = y.mul(values).sum(axis);
    return tf.sub(1, both.mul(2).div(y.sum(axis).add(values.sum(axis)).add(EPSILON)));
  };
}

/** The same where what one of them alone has counts more: `alpha` what is missed, `beta` what is marked in vain. */
export function tversky({
  alpha = 0.5,
  beta = 0.5,
  axis,
}: OverlapOptions & {alpha?: number; beta?: number} = {}): Values {
  return (yTrue, {values}) => {
    const y = yTrue.toFloat();
    const both = y.mul(values).sum(axis);
    const missed = tf.sub(1, values).mul(y).sum(axis);
    const inVain = tf.sub(1, y).mul(values).sum(axis);
    return tf.sub(1, both.div(both.add(missed.mul(alpha)).add(inVain.mul(beta)).add(EPSILON)));
  };
}
