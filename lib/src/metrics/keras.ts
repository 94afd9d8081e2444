import {lossConfigurationOf} from '../losses/configured';
import {nameOfFunction} from '../tfjs/functionNames';
import type {CompiledMetric} from '../tfjs/compiled';
import {valuesOf} from '../losses/keras';
import type {Values} from '../losses/loss';
import {accuracy, binaryAccuracy, categoricalAccuracy, crossentropy, sparseCategoricalAccuracy} from './accuracy';
import {precisionOf, recallOf} from './confusion';
import {metricConfigurationOf} from './configured';
import {mean} from './mean';
import type {Metric} from './metric';
import {r2Score} from './r2Score';

const BY_SHAPE: Record<string, Values | undefined> = {accuracy, acc: accuracy, crossentropy, ce: crossentropy};
const MEANS: Record<string, Values | undefined> = {binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy};
const RATIOS: Record<string, ((columns: number) => Metric) | undefined> = {
  precision: () => precisionOf({}),
  recall: () => recallOf({}),
  r2Score,
};

/** What tfjs compiled, as Keras counts it. @param columns How many outputs there are. */
export function metricOf({given, f}: CompiledMetric, columns: number): Metric {
  const own = metricConfigurationOf(f);
  if (own) return own.metric(columns);
  const byShape = typeof given === 'string' ? BY_SHAPE[given] : undefined;
  if (byShape) return mean(byShape, true);
  // A function of the user's own has no name here, and may take labels of any shape.
  const name = lossConfigurationOf(f)?.name ?? nameOfFunction(f);
  if (name === undefined) return mean(valuesOf('metric', f), true);
  return RATIOS[name]?.(columns) ?? mean(MEANS[name] ?? valuesOf('metric', f), name.startsWith('sparse'));
}
