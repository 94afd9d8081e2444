import {type Batch, type Batches, release} from '../data/batches';
import {Breather, type Interrupt} from './interrupt';
import type {Progress} from '../../progress/format';
import {checkAlive} from '../../tfjs/model';
import type {tf} from '../../tfjs/tensorflow';
import type {Measure} from '../compiled';
import type {Logs} from '../types';
import {Tally} from './tally';

/** What one walk through the batches needs. */
export interface Pass {
  /** Whose weights must still be there. */
  model: tf.LayersModel;
  batches: Batches;
  /** The order of the examples, where it can be chosen. */
  order?: Int32Array;
  /** What `step` counts. */
  measures: readonly Measure[];
  /** Works on a batch. @returns What it adds to the counts. */
  step(batch: Batch): number[];
  interrupt: Interrupt;
  /** Told about ten times a second how far the pass is. */
  progress?(progress: Progress): void;
  before?(index: number, size: number): Promise<void>;
  /** @returns false to leave the pass early. */
  after?(index: number, size: number, logs: Logs): Promise<boolean>;
}

export interface PassResult {
  /** The counts of all batches. */
  tally: Tally;
  /** Batches done. */
  batches: number;
  seconds: number;
}

/** Walks once through the batches: steps, counts, progress, and a pause for the event loop now and then. */
export async function runPass(pass: Pass): Promise<PassResult> {
  const {batches, order, measures, interrupt} = pass;
  const tally = new Tally(measures);
  const breather = new Breather();
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  let index = 0;
  let reported = -Infinity;
  for await (const batch of batches.pass(order)) {
    try {
      await pass.before?.(index, batch.size);
      checkAlive(pass.model);
      const counts = pass.step(batch);
      tally.add(counts);
      index++;
      const goOn = (await pass.after?.(index - 1, batch.size, logsOf(measures, counts))) ?? true;
      if (!goOn) break;
    } finally {
      release([batch.xs, batch.ys, batch.weights]);
    }
    if (seconds() - reported > 0.1) {
      reported = seconds();
      pass.progress?.({batch: index, batches: batches.count, seconds: reported, logs: tally.logs()});
    }
    await breather.breathe();
    if (interrupt.requested) break;
  }
  return {tally, batches: index, seconds: seconds()};
}

/** What the counts of a single batch come to. */
function logsOf(measures: readonly Measure[], counts: readonly number[]): Logs {
  const tally = new Tally(measures);
  tally.add(counts);
  return tally.logs();
}
