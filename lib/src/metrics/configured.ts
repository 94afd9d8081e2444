import type {LossFunction} from '../tfjs/functionNames';
import {declareOurs} from '../tfjs/settings';
import {tf} from '../tfjs/tensorflow';
import type {Metric} from './metric';

/** A metric with options. */
export interface MetricConfiguration {
  /** Keras's class, and its arguments in our words. */
  keras: string;
  options: object;
  /** For so many outputs. */
  metric: (columns: number) => Metric;
}

const all = new WeakMap<LossFunction, MetricConfiguration>();

/** A function for `model.compile` that remembers what it is; tfjs's own model.fit can call it, too, batch by batch. */
export function configuredMetric(
  name: string,
  keras: string,
  options: object,
  metric: MetricConfiguration['metric'],
): LossFunction {
  const f = (yTrue: tf.Tensor, yPred: tf.Tensor) =>
    tf.tidy(() => {
      const own = metric(yPred.shape.at(-1)!);
      return tf.scalar(own.result([...own.count(yTrue, {values: yPred}).dataSync()]));
    });
  Object.defineProperty(f, 'name', {value: name});
  all.set(f, {keras, options, metric});
  return declareOurs(f);
}

/** The same under another name. */
export function renamed(f: LossFunction, name: string): LossFunction {
  const {keras, options, metric} = all.get(f)!;
  return configuredMetric(name, keras, options, metric);
}

/** What `configuredMetric` was given; undefined for any other function. */
export function metricConfigurationOf(f: LossFunction): MetricConfiguration | undefined {
  return all.get(f);
}
