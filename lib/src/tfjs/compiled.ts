import {CallError} from '../arguments/publicCall';
import type {LossFunction} from './functionNames';
import {tf} from './tensorflow';

/** What `model.compile` was told, and made of it. */
export interface Compilation {
  /** The model that holds the layers: a Sequential keeps it inside itself. */
  container: tf.LayersModel;
  optimizer: tf.Optimizer;
  /** One loss an output. */
  losses: LossFunction[];
  metrics: CompiledMetric[];
  /** The weights that training changes, as they were when the model was compiled. */
  weights: tf.LayerVariable[];
  /** @throws CallError when the model was compiled anew since, or its optimizer disposed: a callback may do so. */
  check: () => void;
}

/** A metric with the output it looks at. */
export interface CompiledMetric {
  /** As it was asked for. */
  given: string | LossFunction;
  f: LossFunction;
  output: number;
  /** As tfjs calls it, with the output's name before it where there are several. */
  name: string;
}

// Parts of tfjs-layers 4.22 that its declarations keep private.
interface LayersModelInside {
  optimizer?: tf.Optimizer;
  lossFunctions?: LossFunction[];
  metrics?: GivenMetrics;
  metricsTensors: [LossFunction, number][];
  metricsNames: string[];
  collectedTrainableWeights: tf.LayerVariable[];
  checkTrainableWeightsConsistency(): void;
}

/** How to compile a model. */
export interface CompileAs {
  optimizer: tf.Optimizer;
  loss: string | LossFunction | (string | LossFunction)[] | Record<string, string | LossFunction>;
  /** For the one output, or by the outputs' names. */
  metrics: (string | LossFunction)[] | Record<string, (string | LossFunction)[]>;
}

/** Compiles a model: tfjs takes lists of metrics by output, although its declarations say otherwise. */
export function compileAs(model: tf.LayersModel, how: CompileAs): void {
  model.compile(how as unknown as tf.ModelCompileArgs);
}

type GivenMetric = string | LossFunction;
type GivenMetrics = GivenMetric | GivenMetric[] | Record<string, GivenMetric | GivenMetric[]> | null;

/** A Sequential's inner model, built where it hasn't been; any other model itself. */
export function containerOf(model: tf.LayersModel): tf.LayersModel {
  if (!(model instanceof tf.Sequential)) return model;
  const sequential = model as unknown as {model?: tf.LayersModel | null; build(): void};

  if (sequential.model == null) sequential.build();
  return sequential.model!;
}

/** @throws CallError when the model hasn't been compiled. */
export function compilation(model: tf.LayersModel): Compilation {
  const container = containerOf(model);
  const inside = container as unknown as LayersModelInside;
  if (inside.optimizer === undefined || inside.lossFunctions === undefined || inside.lossFunctions.length === 0) {
    throw new CallError(
      'the model has no loss and no optimizer yet; call model.compile({optimizer, loss, metrics}) first',
    );
  }
  inside.checkTrainableWeightsConsistency();
  const trainable = new Set(model.trainableWeights);
  const {outputNames} = container;
  // With several outputs, their losses come first, and before all the loss itself.
  const before = outputNames.length > 1 ? outputNames.length : 0;
  const given = givenMetrics(inside.metrics, outputNames);
  const metrics = inside.metricsTensors.slice(before).map(([f, output], i): CompiledMetric => ({
    given: given[i]!,
    f,
    output,
    name: inside.metricsNames[1 + before + i]!,
  }));
  return {
    container,
    optimizer: inside.optimizer,
    losses: inside.lossFunctions,
    metrics,
    // A Sequential's inner model forgets which of the models inside it are frozen.
    weights: inside.collectedTrainableWeights.filter((weight) => trainable.has(weight)),
    check: checkOf(model),
  };
}

function checkOf(model: tf.LayersModel): () => void {
  // compile() makes a list each time, and in a Sequential another model.
  const now = () => containerOf(model) as unknown as LayersModelInside;
  const {lossFunctions} = now();
  return () => {
    const inside = now();
    if (inside.lossFunctions !== lossFunctions) throw new CallError(COMPILED_ANEW);
    if (isDisposed(inside.optimizer!)) throw new CallError(NO_OPTIMIZER);
  };
}

const COMPILED_ANEW =
  'the model was compiled anew while it trains; set model.stopTraining = true, and compile after the await';

const NO_OPTIMIZER = "the model's optimizer was disposed, and what it remembers is gone; compile the model again";

/** An optimizer's memory is in tensors, or in lists of variables, of its own. */
function isDisposed(optimizer: tf.Optimizer): boolean {
  const remembered = Object.values(optimizer).flatMap((value: unknown) =>
    Array.isArray(value) ? value.map((each: {variable?: unknown} | null) => each?.variable) : [value],
  );
  return remembered.some((value) => value instanceof tf.Tensor && value.isDisposed);
}

/** The metrics of the first output, of the second …; a list counts for each. */
function givenMetrics(metrics: GivenMetrics | undefined, outputNames: string[]): GivenMetric[] {
  const each = typeof metrics === 'object' && metrics !== null && !Array.isArray(metrics) ? metrics : undefined;
  return outputNames.flatMap((name) => {
    const own = each ? (Object.hasOwn(each, name) ? each[name] : undefined) : (metrics as GivenMetric | GivenMetric[]);
    return own ?? [];
  });
}
