import type {Logs} from '../types';

/** Means over the samples of an epoch: a batch of 20 counts a fifth of a batch of 100. */
export class Averages {
  private readonly sums: number[];
  private samples = 0;

  constructor(private readonly names: readonly string[]) {
    this.sums = names.map(() => 0);
  }

  /** Adds a batch's means, one value a name. */
  add(values: readonly number[], size: number): void {
    values.forEach((value, i) => (this.sums[i]! += value * size));
    this.samples += size;
  }

  /** The means so far, each name after `prefix`. */
  logs(prefix = ''): Logs {
    return Object.fromEntries(this.names.map((name, i) => [prefix + name, this.sums[i]! / this.samples]));
  }
}
