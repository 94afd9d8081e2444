import {CallError} from '../../arguments/publicCall';
import {tf} from '../../tfjs/tensorflow';
import {balanced, type ClassWeight, classNumbers} from '../data/weights';
import {type Batch, type Batches, release} from '../data/batches';

/** Batches whose examples count by their class. */
export class ClassWeighted implements Batches {
  private numbers: Readonly<Record<number, number>> | undefined;

  /** @param classes The class of every example, where that is known without a look at the batches. */
  constructor(
    private readonly batches: Batches,
    private readonly classWeight: ClassWeight,
    private readonly classes?: ArrayLike<number>,
  ) {}

  get count(): number | undefined {
    return this.batches.count;
  }

  get streamed(): boolean {
    return this.batches.streamed;
  }

  get labels(): readonly tf.Tensor[] | undefined {
    return this.batches.labels;
  }

  async *pass(order?: Int32Array): AsyncIterable<Batch> {
    const {classWeight} = this;
    const numbers = (this.numbers ??= classWeight === 'balanced' ? balanced(await this.counts()) : classWeight);
    for await (const batch of this.batches.pass(order)) {
      let weights: tf.Tensor[];
      try {
        if (batch.weights.length > 0) throw new CallError(BOTH);
        weights = [tf.tensor1d(Float32Array.from(classNumbers(batch.ys[0]!), (label) => numbers[label] ?? 1))];
      } catch (error) {
        release([batch.xs, batch.ys, batch.weights]);
        throw error;
      }
      yield {...batch, weights};
    }
  }

  /** How many examples each class has: one walk through all batches. */
  private async counts(): Promise<Map<number, number>> {
    const counts = new Map<number, number>();
    const count = (label: number) => counts.set(label, (counts.get(label) ?? 0) + 1);
    if (this.classes !== undefined) {
      Array.from(this.classes, count);
      return counts;
    }
    for await (const batch of this.batches.pass()) {
      try {
        classNumbers(batch.ys[0]!).forEach(count);
      } finally {
        release([batch.xs, batch.ys, batch.weights]);
      }
    }
    return counts;
  }
}

export const BOTH =
  'give classWeight or sampleWeight, not both; multiply the two into sampleWeight where both are meant';
