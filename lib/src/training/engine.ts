import {tf} from '../tensorflow';
import type {CompiledModel} from './compiled';
import {predictStep, testStep, trainStep} from './steps';

/** What runs the steps. All calls are synchronous: a batch that has begun is finished. */
export interface Engine {
  readonly name: 'graph' | 'eager';
  /** Learns from a batch. @returns Its loss and metrics, in the order of the compiled names. */
  train(xs: tf.Tensor[], ys: tf.Tensor[]): number[];
  /** Measures a batch. @returns Its loss and metrics, in the order of the compiled names. */
  test(xs: tf.Tensor[], ys: tf.Tensor[]): number[];
  /** The model's outputs for a batch; the caller disposes them. */
  predict(xs: tf.Tensor[]): tf.Tensor[];
  /** Brings what was learnt into the tfjs model and optimizer, for whoever looks at them next. */
  sync(): void;
  /** Frees what the engine holds, after a last `sync`. */
  dispose(): void;
}

/** tfjs-node's own way: every operation on its own. Works for every model. */
export class EagerEngine implements Engine {
  readonly name = 'eager';

  constructor(
    private readonly container: tf.LayersModel,
    private readonly compiled?: CompiledModel,
  ) {}

  train(xs: tf.Tensor[], ys: tf.Tensor[]): number[] {
    return readAll(trainStep(this.needCompiled(), xs, ys));
  }

  test(xs: tf.Tensor[], ys: tf.Tensor[]): number[] {
    return readAll(testStep(this.needCompiled(), xs, ys));
  }

  predict(xs: tf.Tensor[]): tf.Tensor[] {
    return predictStep(this.container, xs);
  }

  // The tfjs model itself is what trains here.
  sync(): void {
    return;
  }

  dispose(): void {
    return;
  }

  private needCompiled(): CompiledModel {
    if (this.compiled === undefined) throw new Error('EagerEngine: made without a compiled model, it can only predict');
    return this.compiled;
  }
}

function readAll(scalars: tf.Scalar[]): number[] {
  const values = scalars.map((scalar) => scalar.dataSync()[0]!);
  tf.dispose(scalars);
  return values;
}

/** Which engine to use: see the option of `fit`. */
export type EngineChoice = 'auto' | 'graph' | 'eager';

/** @param compiled Left out, the engine can only predict. */
export function makeEngine(
  caller: string,
  choice: EngineChoice,
  container: tf.LayersModel,
  compiled?: CompiledModel,
): Engine {
  if (choice === 'graph') throw new Error(`${caller}: the graph engine isn't here yet; use engine "eager"`);
  return new EagerEngine(container, compiled);
}
