import {numbers, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../arguments/schema';
import {Explorer} from './explorer';

export interface SoftmaxExplorerOptions {
  /** What the scores are for. Default: class 0, class 1, …. */
  classNames?: readonly string[];
}

/**
 * Softmax to touch: a slider for each score, its power of e, and the share of their sum, which is the probability.
 *
 * @param scores Two to ten numbers from −6 to 6.
 * @param options What the classes are called.
 * @returns What `show` puts below the cell. It needs no network; where scripts don't run it is a picture.
 * @throws Error for too few scores or too many, for larger ones, and when names and scores differ in number.
 *
 * @example
 * show(softmaxExplorer([1, 2, 5], {classNames: ['cat', 'dog', 'mouse']}));
 */
export function softmaxExplorer(scores: ArrayLike<number>, options: SoftmaxExplorerOptions = {}): Explorer {
  return publicCall('softmaxExplorer', () => {
    checkArguments({scores, options}, {scores: scoresKind, options: softmaxOptions});
    const list = Array.from(scores);
    const {classNames = list.map((_, i) => `class ${i}`)} = options;
    if (classNames.length !== list.length) {
      throw new CallError(`${list.length} scores need as many classNames, got ${classNames.length}`);
    }
    return new Explorer(
      'softmax',
      {scores: list, names: classNames},
      `softmax turns the scores ${list.join(', ')} into probabilities that add up to 1`,
    );
  });
}

const scoresKind: Kind = {
  expected: 'two to ten numbers from -6 to 6',
  fits: (value) =>
    numbers.fits(value) &&
    (value as ArrayLike<number>).length >= 2 &&
    (value as ArrayLike<number>).length <= 10 &&
    Array.from(value as ArrayLike<number>).every((score) => Math.abs(score) <= 6),
};

const softmaxOptions = optionsOf<SoftmaxExplorerOptions>({classNames: optional(texts)});
