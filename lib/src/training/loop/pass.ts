import {Averages} from './averages';
import {type Batch, type Batches, release} from './batches';
import {Breather, type Interrupt} from './interrupt';
import type {Progress} from '../../progress/format';
import {checkAlive} from '../../tfjs/model';
import type {tf} from '../../tfjs/tensorflow';
import type {Logs} from '../types';

/** What one walk through the batches needs. */
export interface Pass {
  /** Whose weights must still be there. */
  model: tf.LayersModel;
  batches: Batches;
  /** The order of the examples, where it can be chosen. */
  order?: Int32Array;
  /** The names of what `step` returns; none for a prediction. */
  names: readonly string[];
  /** Works on a batch. @returns Its loss and metrics. */
  step(batch: Batch): number[];
  interrupt: Interrupt;
  /** Told about ten times a second how far the pass is. */
  progress?(progress: Progress): void;
  before?(index: number, size: number): Promise<void>;
  /** @returns false to leave the pass early. */
  after?(index: number, size: number, logs: Logs): Promise<boolean>;
}

export interface PassResult {
  /** Means over the samples. */
  averages: Averages;
  /** Batches done. */
  batches: number;
  seconds: number;
}

/** Walks once through the batches: steps, means, progress, and a pause for the event loop now and then. */
export async function runPass(pass: Pass): Promise<PassResult> {
  const {batches, order, names, interrupt} = pass;
  const averages = new Averages(names);
  const breather = new Breather();
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  let index = 0;
  let reported = -Infinity;
  for await (const batch of batches.pass(order)) {
    try {
      await pass.before?.(index, batch.size);
      checkAlive(pass.model);
      const values = pass.step(batch);
      averages.add(values, batch.size);
      index++;
      const goOn = (await pass.after?.(index - 1, batch.size, toLogs(names, values))) ?? true;
      if (!goOn) break;
    } finally {
      release([batch.xs, batch.ys]);
    }
    if (seconds() - reported > 0.1) {
      reported = seconds();
      pass.progress?.({batch: index, batches: batches.count, seconds: reported, logs: averages.logs()});
    }
    await breather.breathe();
    if (interrupt.requested) break;
  }
  return {averages, batches: index, seconds: seconds()};
}

function toLogs(names: readonly string[], values: readonly number[]): Logs {
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}
