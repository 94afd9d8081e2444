import {number, numbers, text} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../arguments/schema';
import {Explorer} from './explorer';

export interface GradientDescentExplorerOptions {
  /** Where the weight starts. Default: 0. */
  weight?: number;
  /** What x is, below its axis. Default: 'x'. */
  xTitle?: string;
  /** What y is, beside its axis. Default: 'y'. */
  yTitle?: string;
}

/**
 * Gradient descent to touch: a straight line through 0, its one weight, and the curve of its loss, the mean squared error. A dot
 * walks down the curve, each step the learning rate times the gradient. The rate can be too small, right, or too large.
 *
 * @param x Positive numbers, one a measurement.
 * @param y What was measured, as many; larger than 0 on the whole.
 * @param options Where the weight starts, and what the axes are called.
 * @returns What `show` puts below the cell. It needs no network; where scripts don't run it is a picture.
 * @throws Error when x and y differ in length, or aren't positive.
 *
 * @example
 * show(gradientDescentExplorer([1, 2, 3, 4], [2.1, 3.9, 6.2, 7.8], {xTitle: 'concentration', yTitle: 'absorbance'}));
 */
export function gradientDescentExplorer(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: GradientDescentExplorerOptions = {},
): Explorer {
  return publicCall('gradientDescentExplorer', () => {
    checkArguments({x, y, options}, {x: measured, y: measured, options: descentOptions});
    if (x.length !== y.length) {
      throw new CallError(`x has ${x.length} numbers but y has ${y.length}; expected as many`);
    }
    return exploring(Array.from(x), Array.from(y), options);
  });
}

const measured: Kind = {
  expected: 'at least two numbers greater than 0',
  fits: (value) =>
    numbers.fits(value) &&
    (value as ArrayLike<number>).length >= 2 &&
    Array.from(value as ArrayLike<number>).every((each) => each > 0),
};

const descentOptions = optionsOf<GradientDescentExplorerOptions>({
  weight: optional(number),
  xTitle: optional(text),
  yTitle: optional(text),
});

function exploring(x: number[], y: number[], options: GradientDescentExplorerOptions): Explorer {
  const {weight = 0, xTitle = 'x', yTitle = 'y'} = options;
  // The loss is a parabola; with a rate of 1 / curvature one step reaches its lowest point, with twice that none does.
  const curvature = (2 * x.reduce((sum, value) => sum + value * value, 0)) / x.length;
  const rates = Object.fromEntries(
    [
      ['too small', 0.06],
      ['right', 0.35],
      ['large', 1.8],
      ['too large', 2.25],
    ].map(([name, share]) => {
      const rate = Number((Number(share) / curvature).toPrecision(2));
      return [`${rate} (${name})`, rate] as const;
    }),
  );
  return new Explorer(
    'gradientDescent',
    {x, y, xTitle, yTitle, weight, rates, rate: Object.keys(rates)[1]},
    'a dot walks down the curve of the loss, and the line comes closer to the points',
  );
}
