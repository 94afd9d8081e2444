import type {GreyImage} from './greyImage';

/** The paper's brightness is judged within so large a part of the shorter side, to each direction. */
const REACH = 0.25;

/**
 * What is clearly brighter than its surroundings becomes 255, the rest 0. Light falls unevenly on paper: what is compared
 * with one threshold is therefore not a pixel but how much it exceeds the mean around it.
 */
export function separate({pixels, shape}: GreyImage): GreyImage {
  const [, height, width] = shape;
  const means = localMeans(pixels, height!, width!, Math.ceil(REACH * Math.min(height!, width!)));
  const excess = pixels.map((value, i) => Math.max(0, value - means[i]!));
  const threshold = otsu(excess);
  return {pixels: excess.map((value) => (value > threshold ? 255 : 0)), shape};
}

/** The mean of the square of 2 * reach + 1 pixels around each pixel, or of what of it lies in the image. */
export function localMeans(pixels: Uint8Array, height: number, width: number, reach: number): Float64Array {
  // sums[y][x]: of all pixels above y and left of x. A rectangle's sum then takes four of them.
  const sums = new Float64Array((height + 1) * (width + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += pixels[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  const at = (y: number, x: number) => sums[y * (width + 1) + x]!;
  return Float64Array.from(pixels, (_, i) => {
    const y = Math.floor(i / width);
    const x = i % width;
    const [top, bottom] = [Math.max(y - reach, 0), Math.min(y + reach + 1, height)];
    const [left, right] = [Math.max(x - reach, 0), Math.min(x + reach + 1, width)];
    return (at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)) / ((bottom - top) * (right - left));
  });
}

/**
 * Otsu's threshold: the value that divides the others best in two groups, those up to it and those above, in that the
 * groups' means lie furthest apart, weighed by the groups' sizes. N. Otsu, IEEE Trans. Systems, Man, Cybernetics 9, 1979.
 */
export function otsu(values: Uint8Array): number {
  const counts = new Float64Array(256);
  for (const value of values) counts[value]!++;
  const total = values.reduce((sum, value) => sum + value, 0);
  let [best, threshold] = [-1, 0];
  let [below, sum] = [0, 0];
  for (let value = 0; value < 255; value++) {
    below += counts[value]!;
    sum += value * counts[value]!;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sum / below - (total - sum) / above) ** 2;
    if (between > best) [best, threshold] = [between, value];
  }
  return threshold;
}
