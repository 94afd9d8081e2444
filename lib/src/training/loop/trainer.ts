import {forArgument} from '../../arguments/publicCall';
import {KerasOptimizer} from '../../optimizers/optimizer';
import {variableOf} from '../../tfjs/layers';
import type {tf} from '../../tfjs/tensorflow';
import type {Batches} from '../data/batches';
import type {Callbacks} from '../callbacks/callbacks';
import type {CompiledModel} from '../compiled';
import type {Engine} from './engine';
import {History} from '../history';
import type {Interrupt} from './interrupt';
import {finishedLine} from '../../progress/format';
import {dataWarnings, notFinite} from '../data/dataWarnings';
import {shuffledIndices} from '../../random';
import type {Reporter} from '../../progress/reporter';
import {type PassResult, runPass} from './pass';

/** All that one `fit` works with. */
export interface Training {
  /** As the caller passed it, for the callbacks. */
  model: tf.LayersModel;
  compiled: CompiledModel;
  train: Batches;
  validation: Batches | undefined;
  epochs: number;
  /** The first epoch to train, counted from 0. */
  initialEpoch: number;
  /** How many examples to put in a new order every epoch; undefined keeps the order. */
  shuffled: number | undefined;
  random: () => number;
  engine: Engine;
  callbacks: Callbacks;
  reporter: Reporter;
  interrupt: Interrupt;
}

/** The epochs: train, validate, report, until done or told to stop. */
export async function trainEpochs(training: Training): Promise<History> {
  const {model, compiled, train, validation, epochs, initialEpoch, engine, callbacks, reporter, interrupt} = training;
  const {container, measures} = compiled;
  const names = measures.map(({name}) => name);
  const history = new History();
  const metrics = validation ? [...names, ...names.map((name) => `val_${name}`)] : names;
  if (initialEpoch >= epochs) reporter.line(nothingLeft(epochs, initialEpoch));
  container.stopTraining = false;
  const stopped = () => container.stopTraining;
  const values = () => container.weights.map((weight) => variableOf(weight).dataId);
  let interruptedAfter: number | undefined;
  let learnt: object[] = [];
  const warnNotFinite = once((loss: number, batch: number, epoch: number) => {
    reporter.line(notFinite(loss, batch, epoch));
  });
  await callbacks.during(model, {epochs, steps: train.count ?? null, metrics}, async () => {
    for (let epoch = initialEpoch; epoch < epochs && !stopped(); epoch++) {
      reporter.line(`Epoch ${epoch + 1}/${epochs}`);
      await callbacks.epochBegin(epoch);
      engine.beginPass(callbacks.betweenBatches || train.streamed);
      const trained = await trainPass(training, (loss, batch) => {
        if (!Number.isFinite(loss)) warnNotFinite(loss, batch, epoch);
      });
      const validated = validation && !interrupt.requested ? await testPass(training, validation) : undefined;
      if (interrupt.requested) {
        interruptedAfter = trained.batches;
        break;
      }
      const logs = {...trained.tally.logs(), ...validated?.tally.logs('val_')};
      reporter.line(finishedLine(trained.batches, trained.seconds + (validated?.seconds ?? 0), logs));
      history.add(epoch, logs);
      reporter.history(history);
      await callbacks.epochEnd(epoch, logs);
    }
    // What Keras's optimizers do last: the weights become their moving average.
    if (compiled.optimizer instanceof KerasOptimizer) compiled.optimizer.finish(compiled.weights.map(variableOf));
    learnt = values();
  });
  if (interruptedAfter !== undefined) {
    // At the end a callback may put other weights into the model, such as the best.
    const kept = values().every((value, i) => value === learnt[i]);
    reporter.line(`Interrupted after ${interruptedAfter} batches; ${kept ? KEPT : PUT_BACK}.`);
  }
  return history;
}

const KEPT = 'the model keeps what it has learnt';
const PUT_BACK = 'the model has the weights that a callback put into it, such as the best of those before';

function nothingLeft(epochs: number, initialEpoch: number): string {
  return `Nothing to train: epochs counts from the very first, so that ${initialEpoch} are done already of ${epochs}.`;
}

function once<Arguments extends unknown[]>(f: (...given: Arguments) => void): (...given: Arguments) => void {
  let called = false;
  return (...given) => {
    if (!called) f(...given);
    called = true;
  };
}

/** The models whose first batch was looked at: a warning is given once. */
const lookedAt = new WeakSet<tf.LayersModel>();

/** @param look Shown each batch's loss. */
function trainPass(
  {compiled, train, shuffled, random, engine, callbacks, reporter, interrupt}: Training,
  look: (loss: number, batch: number) => void,
): Promise<PassResult> {
  return runPass({
    model: compiled.container,
    batches: train,
    order: shuffled === undefined ? undefined : shuffledIndices(shuffled, random),
    measures: compiled.measures,
    step: (batch) => {
      if (!lookedAt.has(compiled.container)) {
        lookedAt.add(compiled.container);
        for (const warning of dataWarnings(compiled, batch.xs, train.labels ?? batch.ys)) reporter.line(warning);
      }
      return engine.train(batch);
    },
    interrupt,
    progress: (progress) => {
      reporter.progress(progress);
    },
    before: (index, size) => callbacks.batchBegin(index, size),
    after: async (index, size, logs) => {
      look(logs.loss!, index);
      await callbacks.batchEnd(index, size, logs);
      return !compiled.container.stopTraining;
    },
  });
}

function testPass({compiled, engine, interrupt}: Training, batches: Batches): Promise<PassResult> {
  // No progress of its own: it would run backwards after the training's.
  const pass = () =>
    runPass({
      model: compiled.container,
      batches,
      measures: compiled.measures,
      step: (batch) => engine.test(batch),
      interrupt,
    });
  return forArgument('validationData', pass);
}
