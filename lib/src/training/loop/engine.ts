import {CallError} from '../../arguments/publicCall';
import {isOutOfMemory, otherBackend} from '../../tfjs/binding';
import {tf} from '../../tfjs/tensorflow';
import type {CompiledModel} from '../compiled';
import type {Step} from '../../graph/program';
import {Programs} from '../../graph/programs';
import {batchTooLarge} from './batchTooLarge';
import {drawingFrom} from '../../tfjs/randomOps';
import {LearningRate} from '../../tfjs/learningRate';
import {settingsOf} from '../../tfjs/settings';
import type {StepData} from '../data/batches';
import {predictStep, testStep, trainStep} from './steps';

/** Which way to run steps: see the option of `fit`. */
export type EngineChoice = 'auto' | 'graph' | 'eager';

/** A model's steps. */
export type StepName = 'train' | 'test' | 'predict';

/** What an engine works for. */
export interface EngineOptions {
  /** For notices: "fit". */
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
  private readonly programs: Programs<StepName> | undefined;
  private readonly rate: LearningRate | undefined;
  private rateInput: {value: number; tensor: tf.Scalar} | undefined;
  private steps = 0;
  private readonly backend = tf.getBackend();

  constructor(private readonly options: EngineOptions) {
    const {caller, choice, compiled} = options;
    this.rate = compiled && new LearningRate(compiled.optimizer);
    if (choice === 'eager') return;
    // Recording runs a step several times over, which such a state would remember.
    const stateful = options.container.stateful ? 'it has a layer that keeps its state from batch to batch' : undefined;
    const unsupported = otherBackend() ?? stateful;
    const refused = (what: string, reason: string) => {
      if (choice === 'graph') throw new CallError(`${what} can't run as a graph, because ${reason}`);
      noticeOnce(`${caller}: ${what} runs operation by operation, slower than as a graph, because ${reason}`);
    };
    if (unsupported === undefined)
      this.programs = new Programs<StepName>(options.container, choice === 'graph', (name, reason) => {
        refused(titles[name], reason);
      });
    else refused('the model', unsupported);
  }

  /**
   * Another pass over the data begins, before which callbacks may have changed the model's settings.
   *
   * @param closely Whether the caller's code runs between the batches, too.
   */
  beginPass(closely: boolean): void {
    this.programs?.beginPass(closely);
  }

  /** Learns from a batch. @returns What it adds to the counts, in the order of the compiled measures. */
  train(batch: StepData): number[] {
    this.needCompiled().check();
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

  private counting(name: StepName, {xs, ys, weights}: StepData, count: typeof testStep): number[] {
    const compiled = this.needCompiled();
    const labelled = xs.length + ys.length;
    const step: Step = (data) => {
      const [inputs, labels] = [data.slice(0, xs.length), data.slice(xs.length, labelled)];
      return [count(compiled, {xs: inputs, ys: labels, weights: data.slice(labelled)})];
    };
    return readOnly(this.run(name, [...xs, ...ys, ...weights], step));
  }

  private run(name: StepName, data: tf.Tensor[], step: Step): tf.Tensor[] {
    if (tf.getBackend() !== this.backend) throw new CallError(backendChanged(this.backend, tf.getBackend()));
    const number = name === 'train' ? this.rate : undefined;
    number?.apply();
    const seed = tf.tensor1d([this.options.seed ?? 0, this.steps++], 'int32');
    const inputs = [seed, ...data];
    // Another backend can't draw from a seed; tfjs then draws as it does.
    const seeded: Step = ([own, ...rest]) =>
      tf.tidy(() => (otherBackend() === undefined ? drawingFrom(own as tf.Tensor1D, () => step(rest)) : step(rest)));
    const {container, compiled} = this.options;
    const settings = () => settingsOf(container, name === 'predict' ? undefined : compiled);
    try {
      const named = {name, run: seeded, number, settings, comesBack: name === 'train'};
      const program = this.programs?.find(named, inputs);
      if (program === undefined) return this.programs?.runEagerly(named, inputs) ?? seeded(inputs);
      // That of a schedule is another after the step.
      const rate = this.rateTensor(number?.value ?? 0);
      number?.countStep();
      return program.run(inputs, rate);
    } catch (error) {
      throw isOutOfMemory(error) ? batchTooLarge(seeded, inputs) : error;
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

/** What steps are called in notices. */
const titles: Record<StepName, string> = {
  train: 'the training step',
  test: 'the measuring step',
  predict: 'the prediction',
};

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

function backendChanged(begun: string, now: string): string {
  return `the backend of TensorFlow.js changed from ${begun} to ${now} while the model was at work; await tf.setBackend('${now}') before, or after the await`;
}
