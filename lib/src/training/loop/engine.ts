import {closedBecause} from '../../tfjs/binding';
import {tf} from '../../tfjs/tensorflow';
import type {CompiledModel} from '../compiled';
import type {Step} from '../../graph/program';
import {type Kind, Programs} from '../../graph/programs';
import {drawingFrom} from '../../tfjs/randomOps';
import {LearningRate} from '../../tfjs/learningRate';
import {predictStep, type StepData, testStep, trainStep} from './steps';

/** Which way to run steps: see the option of `fit`. */
export type EngineChoice = 'auto' | 'graph' | 'eager';

/** What an engine works for. */
export interface EngineOptions {
  /** For errors and notices: "fit". */
  caller: string;
  choice: EngineChoice;
  container: tf.LayersModel;
  /** Left out, the engine can only predict. */
  compiled?: CompiledModel;
  /** For dropout and noise. */
  seed?: number;
}

/**
 * Runs a model's steps: as one TensorFlow graph where it can, else one operation after the other. The tfjs model and
 * optimizer are up to date after each. Calls are synchronous: a batch that has begun is finished.
 */
export class Engine {
  private readonly programs: Programs | undefined;
  private readonly rate: LearningRate | undefined;
  private rateInput: {value: number; tensor: tf.Scalar} | undefined;
  private steps = 0;

  constructor(private readonly options: EngineOptions) {
    const {caller, choice, compiled} = options;
    this.rate = compiled && new LearningRate(compiled.optimizer);
    if (choice === 'eager') return;
    // Recording runs a step several times over, which such a state would remember.
    const stateful = options.container.stateful ? 'it has a layer that keeps its state from batch to batch' : undefined;
    const closed = closedBecause() ?? stateful;
    const refused = (what: string, reason: string) => {
      if (choice === 'graph') throw new Error(`${caller}: ${what} can't run as a graph, because ${reason}`);
      noticeOnce(`${caller}: ${what} runs operation by operation, slower than as a graph, because ${reason}`);
    };
    if (closed === undefined)
      this.programs = new Programs(options.container, choice === 'graph', (kind, reason) => {
        refused(names[kind], reason);
      });
    else refused('the model', closed);
  }

  /** Learns from a batch. @returns What it adds to the counts, in the order of the compiled measures. */
  train(batch: StepData): number[] {
    return this.counting('train', batch, trainStep);
  }

  /** Measures a batch. @returns What it adds to the counts. */
  test(batch: StepData): number[] {
    return this.counting('test', batch, testStep);
  }

  /** The model's outputs for a batch; the caller disposes them. */
  predict(xs: tf.Tensor[]): tf.Tensor[] {
    return this.run('predict', xs, (data) => predictStep(this.options.container, data));
  }

  /** Ends the run; the engine can't be used any more. */
  dispose(): void {
    this.programs?.close();
    this.rateInput?.tensor.dispose();
  }

  private counting(kind: Kind, {xs, ys, weights}: StepData, count: typeof testStep): number[] {
    const compiled = this.needCompiled();
    const labelled = xs.length + ys.length;
    const step: Step = (data) => {
      const [inputs, labels] = [data.slice(0, xs.length), data.slice(xs.length, labelled)];
      return [count(compiled, {xs: inputs, ys: labels, weights: data.slice(labelled)})];
    };
    return readOnly(this.run(kind, [...xs, ...ys, ...weights], step));
  }

  private run(kind: Kind, data: tf.Tensor[], step: Step): tf.Tensor[] {
    const rate = kind === 'train' ? this.rate : undefined;
    rate?.apply();
    const seed = tf.tensor1d([this.options.seed ?? 0, this.steps++], 'int32');
    const inputs = [seed, ...data];
    // Without the door there is no way to draw from a seed; tfjs then draws as it does.
    const seeded: Step = ([own, ...rest]) =>
      tf.tidy(() => (closedBecause() === undefined ? drawingFrom(own as tf.Tensor1D, () => step(rest)) : step(rest)));
    try {
      const program = this.programs?.find(kind, inputs, seeded, rate);
      if (program === undefined) return seeded(inputs);
      rate?.countStep();
      return program.run(inputs, this.rateTensor(rate?.value ?? 0));
    } finally {
      seed.dispose();
    }
  }

  /** A new tensor only when the rate has changed. */
  private rateTensor(value: number): tf.Scalar {
    if (this.rateInput?.value === value) return this.rateInput.tensor;
    this.rateInput?.tensor.dispose();
    this.rateInput = {value, tensor: tf.scalar(value)};
    return this.rateInput.tensor;
  }

  private needCompiled(): CompiledModel {
    const {compiled} = this.options;
    if (compiled === undefined) throw new Error('Engine: made without a compiled model, it can only predict');
    return compiled;
  }
}

const names: Record<Kind, string> = {train: 'the training step', test: 'the measuring step', predict: 'the prediction'};

function readOnly([tensor]: tf.Tensor[]): number[] {
  const values = [...tensor!.dataSync()];
  tensor!.dispose();
  return values;
}

const noticed = new Set<string>();

function noticeOnce(text: string): void {
  if (!noticed.has(text)) console.warn(text);
  noticed.add(text);
}
