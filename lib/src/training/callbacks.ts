import type {tf} from '../tensorflow';
import type {FitCallback, Logs} from './types';

/** One callback or several, called in turn and awaited. */
export class Callbacks {
  private readonly list: FitCallback[];

  constructor(callbacks: FitCallback | FitCallback[] | undefined) {
    this.list = callbacks === undefined ? [] : Array.isArray(callbacks) ? callbacks : [callbacks];
  }

  async trainBegin(
    model: tf.LayersModel,
    params: {epochs: number; steps: number | null; metrics: string[]},
  ): Promise<void> {
    for (const callback of this.list) {
      callback.setModel?.(model);
      // tfjs's declaration has no null; its own fit passes one for a stream of unknown length.
      callback.setParams?.(params as {epochs: number; steps: number; metrics: string[]});
      await callback.onTrainBegin?.();
    }
  }

  async trainEnd(): Promise<void> {
    for (const callback of this.list) await callback.onTrainEnd?.();
  }

  async epochBegin(epoch: number): Promise<void> {
    for (const callback of this.list) await callback.onEpochBegin?.(epoch, {});
  }

  async epochEnd(epoch: number, logs: Logs): Promise<void> {
    for (const callback of this.list) await callback.onEpochEnd?.(epoch, logs);
  }

  async batchBegin(batch: number, size: number): Promise<void> {
    for (const callback of this.list) await callback.onBatchBegin?.(batch, {batch, size});
  }

  async batchEnd(batch: number, size: number, logs: Logs): Promise<void> {
    for (const callback of this.list) await callback.onBatchEnd?.(batch, {batch, size, ...logs});
  }
}
