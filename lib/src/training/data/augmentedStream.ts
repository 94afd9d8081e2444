import {describe} from '../../arguments/describe';
import {CallError, publicCall} from '../../arguments/publicCall';
import {ImageSet} from '../../data/imageSet';
import {inOrder, Reordered} from '../../data/reordered';

/** A stream of ImageSets, changed anew each pass: batches and order stay. */
export class AugmentedStream extends Reordered<ImageSet> {
  constructor(
    private readonly source: AsyncIterable<ImageSet>,
    private readonly change: (set: ImageSet) => ImageSet,
  ) {
    super();
  }

  /** One pass. */
  [Symbol.asyncIterator](): AsyncGenerator<ImageSet, void> {
    return this.changed(this.source);
  }

  /** One pass in the order of the pictures. */
  inOrder(): AsyncGenerator<ImageSet, void> {
    return this.changed(inOrder(this.source));
  }

  private async *changed(sets: AsyncIterable<unknown>): AsyncGenerator<ImageSet, void> {
    for await (const set of sets) {
      yield publicCall('augment', () => {
        if (set instanceof ImageSet) return this.change(set);
        throw new CallError(
          `every batch of the stream must be an ImageSet, got ${describe(set)}; augment(images, labels) takes tensors`,
        );
      });
    }
  }
}
