import {tf} from './tensorflow';

/** A function as `model.compile` takes it: values an example, or their mean. */
export type LossFunction = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** All losses and metrics that tfjs 4.22 knows by name. */
const LOSSES = [
  'meanSquaredError',
  'meanAbsoluteError',
  'meanAbsolutePercentageError',
  'meanSquaredLogarithmicError',
  'squaredHinge',
  'hinge',
  'categoricalHinge',
  'logcosh',
  'categoricalCrossentropy',
  'sparseCategoricalCrossentropy',
  'binaryCrossentropy',
  'kullbackLeiblerDivergence',
  'poisson',
  'cosineProximity',
];
const METRICS = ['binaryAccuracy', 'categoricalAccuracy', 'precision'];

let names: Map<unknown, string> | undefined;

/** What tfjs calls one of its losses or metrics; undefined for a function of the user's own. */
export function nameOfFunction(f: LossFunction): string | undefined {
  names ??= new Map([...compiledByName(), ...publicFunctions()]);
  return names.get(f);
}

/** The function that tfjs calls so. */
export function functionNamed(name: string): LossFunction {
  const found = compiledByName().find(([, known]) => known === name);
  if (found === undefined) throw new Error(`tfjs has no loss ${name}`);
  return found[0] as LossFunction;
}

/** tfjs keeps its functions to itself, but compiles any model with them: a stand-in shows which name means which. */
function compiledByName(): [unknown, string][] {
  // Adagrad has no tensors before its first step.
  const standIn = {
    outputs: LOSSES,
    outputNames: LOSSES,
    internalOutputShapes: LOSSES.map(() => [null, 2]),
    trainableWeights: [],
  } as unknown as tf.LayersModel & {lossFunctions: unknown[]; metricsTensors: [unknown, number][]};
  const metrics = Object.fromEntries(LOSSES.map((name, i) => [name, i === 0 ? METRICS : []]));
  tf.LayersModel.prototype.compile.call(standIn, {optimizer: 'adagrad', loss: LOSSES, metrics: metrics as never});
  const ofMetrics = standIn.metricsTensors.slice(LOSSES.length).map(([f]) => f);
  return [
    ...LOSSES.map((name, i): [unknown, string] => [standIn.lossFunctions[i], name]),
    ...METRICS.map((name, i): [unknown, string] => [ofMetrics[i], name]),
  ];
}

/** tf.metrics wraps them in functions of its own. */
function publicFunctions(): [unknown, string][] {
  const long: Record<string, string> = {
    mse: 'meanSquaredError',
    MSE: 'meanSquaredError',
    mape: 'meanAbsolutePercentageError',
    MAPE: 'meanAbsolutePercentageError',
  };
  return Object.entries(tf.metrics).map(([name, f]) => [f, long[name] ?? name]);
}
