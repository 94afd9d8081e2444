import type {Kind} from '../../arguments/schema';
import type {tf} from '../../tfjs/tensorflow';
import type {FitCallback, Logs} from '../types';

const methods: Record<keyof FitCallback, true> = {
  onTrainBegin: true,
  onTrainEnd: true,
  onEpochBegin: true,
  onEpochEnd: true,
  onBatchBegin: true,
  onBatchEnd: true,
  setModel: true,
  setParams: true,
};

/** A callback with at least one method that is ever called, or none at all: `{}` does nothing on purpose. */
function isCallback(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || 'then' in value) return false;
  if (Object.keys(value).length === 0) return true;
  const given = Object.keys(methods).filter((name) => name in value);
  return given.length > 0 && given.every((name) => isMethod((value as Record<string, unknown>)[name]));
}

function isMethod(value: unknown): boolean {
  return value === undefined || typeof value === 'function';
}

export const callbackKind: Kind = {
  expected: 'a callback or a list of callbacks, objects with onEpochEnd(epoch, logs) and the like',
  fits: (value) => (Array.isArray(value) ? value.every(isCallback) : isCallback(value)),
  help: `the methods are ${Object.keys(methods).slice(0, 6).join(', ')}`,
};

/** One callback or several, called in turn and awaited. */
export class Callbacks {
  private readonly list: FitCallback[];

  constructor(callbacks: FitCallback | FitCallback[] | undefined) {
    this.list = callbacks === undefined ? [] : Array.isArray(callbacks) ? callbacks : [callbacks];
  }

  /** Whether code of the user's runs between two batches. */
  get betweenBatches(): boolean {
    return this.list.some((callback) => 'onBatchBegin' in callback || 'onBatchEnd' in callback);
  }

  /**
   * Does the work between onTrainBegin and onTrainEnd: whoever began gets to an end, where it gives back what it holds,
   * also when the work or another callback fails.
   */
  async during(
    model: tf.LayersModel,
    params: {epochs: number; steps: number | null; metrics: string[]},
    work: () => Promise<void>,
  ): Promise<void> {
    const begun: FitCallback[] = [];
    const failures: unknown[] = [];
    const attempt = async (act: () => void | Promise<void>) => {
      try {
        await act();
      } catch (error) {
        failures.push(error);
      }
    };
    await attempt(async () => {
      for (const callback of this.list) {
        callback.setModel?.(model);
        // tfjs's declaration has no null; its own fit passes one for a stream of unknown length.
        callback.setParams?.(params as {epochs: number; steps: number; metrics: string[]});
        await callback.onTrainBegin?.();
        begun.push(callback);
      }
      await work();
    });
    for (const callback of begun) await attempt(() => callback.onTrainEnd?.());
    // The first is the cause; the others may follow from it.
    if (failures.length > 0) throw failures[0];
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
