import {CallError} from '../../arguments/publicCall';
import {depthOf, emptyLike, type Pixels} from '../pixels';

/** The depth of a data set: all its pictures, of all parts, must have that of the first one that is read. */
export class OneDepth {
  private first: {pixels: Pixels; name: string} | undefined;

  /** @throws CallError when a picture has another depth than the one before it */
  check(pixels: Pixels, name: string): void {
    this.first ??= {pixels: emptyLike(pixels, 0), name};
    if (pixels.constructor === this.first.pixels.constructor) return;
    throw new CallError(
      `${name} has ${depthOf(pixels)} and ${this.first.name} has ${depthOf(this.first.pixels)}; a set has pictures of one ` +
        'depth: save them alike, or load them apart',
    );
  }
}
