import {CallError} from '../../arguments/publicCall';

// The metrics of TensorFlow.js and Keras by the way they get better. TensorFlow.js's cosineProximity is a loss: -1 is
// the best.
const LARGER = /(^|_)(acc|accuracy|precision|recall|auc|r2_?score|f1_?score|iou)$/;
const SMALLER =
  /(^|_)(loss|error|mse|mae|mape|msle|rmse|crossentropy|hinge|divergence|kld|poisson|logcosh|cosine_?proximity)$/;

/**
 * Whether a metric gets better as it falls or as it rises, which its name says: that of the metric, behind `val_` and
 * the name of an output, before the number that tells equal ones apart.
 *
 * @throws CallError for a name that says nothing.
 */
export function directionOf(metric: string): 'min' | 'max' {
  const words = metric
    .replace(/_\d+$/, '')
    // meanAbsoluteError → mean_absolute_error
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  if (LARGER.test(words)) return 'max';
  if (SMALLER.test(words)) return 'min';
  throw new CallError(
    `whether ${metric} should rise or fall can't be told from its name; pass mode: 'max' or mode: 'min'`,
  );
}
