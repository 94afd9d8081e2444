import type {Measure} from '../compiled';
import type {Logs} from '../types';

/** Adds up what the steps of an epoch count, and says what it comes to. */
export class Tally {
  private counts: number[] | undefined;

  constructor(private readonly measures: readonly Measure[]) {}

  /** Adds a batch's counts. */
  add(counts: readonly number[]): void {
    this.counts = this.counts?.map((count, i) => count + counts[i]!) ?? [...counts];
  }

  /** The loss and the metrics so far, each name after `prefix`; NaN before the first batch. */
  logs(prefix = ''): Logs {
    let start = 0;
    return Object.fromEntries(
      this.measures.map(({name, size, result}) => {
        const own = this.counts?.slice(start, (start += size));
        return [prefix + name, own ? result(own) : NaN];
      }),
    );
  }
}
