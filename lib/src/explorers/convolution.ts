import {isArrayLike, numbers} from '../arguments/kinds';
import {publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import type {Images} from '../pictures/images';
import {Explorer} from './explorer';
import {oneMap, type OneMap, toUnitRange} from './oneMap';

/** How the exploration begins. */
export interface ConvolutionExplorerOptions {
  /** The weights of the filter, three rows of three. Default: one that finds left edges. */
  filter?: readonly ArrayLike<number>[];
}

const LEFT_EDGE = [
  [-1, 0, 1],
  [-1, 0, 1],
  [-1, 0, 1],
];

/**
 * A convolution to touch: a filter of 3 × 3 weights that mouse, finger or arrow keys move over a picture. Beside it stand the
 * nine products and their sum, and the feature map that the sums fill. Weights can be typed or chosen (edges, blur,
 * sharpen), the filter slides by itself on demand, and stride, padding and relu can be changed.
 *
 * @param image One grey picture: a set with one image, a tensor, or `{pixels, shape}`; 3 to 64 pixels each way. Bytes are
 *   divided by 255; other values are taken as they are, and rescaled to 0 to 1 when they go beyond.
 * @param options With which filter to begin.
 * @returns What `show` puts below the cell. It needs no network; where scripts don't run it is a picture.
 * @throws Error for more than one picture, for colour, and for a filter that isn't 3 × 3.
 *
 * @example
 * show(convolutionExplorer(train.select([0])));
 */
export function convolutionExplorer(image: Images, options: ConvolutionExplorerOptions = {}): Explorer {
  return publicCall('convolutionExplorer', () => {
    checkArguments({options}, {options: convolutionOptions});
    const map = oneMap(image);
    const isBytes = 'pixels' in image && image.pixels instanceof Uint8Array;
    return exploring(toUnitRange(map, isBytes), options);
  });
}

function exploring(map: OneMap, {filter = LEFT_EDGE}: ConvolutionExplorerOptions): Explorer {
  // A little above the middle of the picture, where there is ink.
  const start = {row: Math.floor((map.height - 3) * 0.4), column: Math.floor((map.width - 3) * 0.4)};
  return new Explorer(
    'convolution',
    {...map, weights: filter.flatMap((row) => Array.from(row)), ...start},
    `a 3 × 3 filter slides over a picture of ${map.height} × ${map.width} pixels: nine products, their sum, and the feature map`,
  );
}

const convolutionOptions = optionsOf<ConvolutionExplorerOptions>({
  filter: optional({
    expected: 'three rows of three numbers',
    fits: (value) =>
      isArrayLike(value) &&
      value.length === 3 &&
      Array.prototype.every.call(value, (row) => numbers.fits(row) && (row as ArrayLike<number>).length === 3),
  }),
});
