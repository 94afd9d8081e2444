import {publicCall} from '../arguments/publicCall';
import type {Images} from '../pictures/images';
import {Explorer} from './explorer';
import {oneMap, type OneMap} from './oneMap';

/**
 * Pooling to touch: a square of 2 × 2 that mouse, finger or arrow keys move over a feature map. Beside it stand the four
 * numbers and the one that remains of them, their largest or their average, and the map that these fill.
 *
 * @param map One feature map, such as [1, height, width, 1]: a tensor, or `{pixels, shape}`; 3 to 64 values each way.
 * @returns What `show` puts below the cell. It needs no network; where scripts don't run it is a picture.
 * @throws Error for more than one map.
 *
 * @example
 * show(poolingExplorer(edges.slice(0, 1)));
 */
export function poolingExplorer(map: Images): Explorer {
  return publicCall('poolingExplorer', () => exploring(oneMap(map)));
}

function exploring({pixels, height, width}: OneMap): Explorer {
  const largest = pixels.indexOf(pixels.reduce((most, value) => Math.max(most, value), -Infinity));
  // Where there is something to see: at the largest value, within the result's rows and columns.
  const start = {
    row: Math.min(Math.floor(largest / width / 2), Math.floor(height / 2) - 1),
    column: Math.min(Math.floor((largest % width) / 2), Math.floor(width / 2) - 1),
  };
  return new Explorer(
    'pooling',
    {pixels, height, width, ...start},
    `a 2 × 2 square steps over a feature map of ${height} × ${width}: four numbers, and the one that remains`,
  );
}
