import {CallError} from '../arguments/publicCall';
import {tf} from './tensorflow';

/** A loss or a metric: values an example, or their mean. */
export type LossFunction = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** What `model.compile` settled, as the training loop needs it. */
export interface CompiledModel {
  /** The model that holds the layers: a Sequential keeps it inside itself. */
  container: tf.LayersModel;
  optimizer: tf.Optimizer;
  /** One loss an output. */
  losses: LossFunction[];
  /** Each metric with the output it looks at; with several outputs, their losses come first. */
  metrics: [LossFunction, number][];
  /** The names of the loss and of the metrics, as Keras calls them. */
  names: string[];
  /** The weights that training changes, as they were when the model was compiled. */
  weights: tf.LayerVariable[];
}

// Parts of tfjs-layers 4.22 that its declarations keep private.
interface LayersModelInside {
  optimizer?: tf.Optimizer;
  lossFunctions?: LossFunction[];
  metricsTensors: [LossFunction, number][];
  metricsNames: string[];
  collectedTrainableWeights: tf.LayerVariable[];
  checkTrainableWeightsConsistency(): void;
}

/** A Sequential's inner model, built where it hasn't been; any other model itself. */
export function containerOf(model: tf.LayersModel): tf.LayersModel {
  if (!(model instanceof tf.Sequential)) return model;
  const sequential = model as unknown as {model?: tf.LayersModel | null; build(): void};

  if (sequential.model == null) sequential.build();
  return sequential.model!;
}

/** @throws CallError when the model hasn't been compiled. */
export function compiledModel(model: tf.LayersModel): CompiledModel {
  const container = containerOf(model);
  const inside = container as unknown as LayersModelInside;
  if (inside.optimizer === undefined || inside.lossFunctions === undefined || inside.lossFunctions.length === 0) {
    throw new CallError(
      'the model has no loss and no optimizer yet; call model.compile({optimizer, loss, metrics}) first',
    );
  }
  inside.checkTrainableWeightsConsistency();
  return {
    container,
    optimizer: inside.optimizer,
    losses: inside.lossFunctions,
    metrics: inside.metricsTensors,
    names: uniqueNames(inside.metricsNames.map(kerasName)),
    weights: inside.collectedTrainableWeights,
  };
}

/** tfjs shortens what `metrics: ['accuracy']` asked for to `acc`; Keras doesn't. */
function kerasName(name: string): string {
  // A function without a name has none in tfjs either.
  return name === '' ? 'metric' : name.replace(/(^|_)acc$/, '$1accuracy');
}

/** The same metric twice gets a number, so that neither hides the other. */
function uniqueNames(names: string[]): string[] {
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}_${before}`;
  });
}
