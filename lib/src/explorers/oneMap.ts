import {CallError} from '../arguments/publicCall';
import {rangeOf} from '../data/range';
import {stackOf, type Images} from '../pictures/images';

/** Each value is a square of its own to be looked at, and to be drawn. */
const LARGEST = 64;

/** The values of one grey picture. */
export interface OneMap {
  pixels: number[];
  height: number;
  width: number;
}

/** @throws Error unless it is one picture with one channel, small, and finite. */
export function oneMap(images: Images): OneMap {
  const {values, count, height, width, channels} = stackOf(images);
  if (count !== 1 || channels !== 1) {
    throw new CallError(
      `expected one picture with one channel, got ${count} with ${channels}; set.select([0]) picks the first of a set`,
    );
  }
  if (Math.max(height, width) > LARGEST || Math.min(height, width) < 3) {
    throw new CallError(`expected 3 to ${LARGEST} pixels each way, got ${height} × ${width}`);
  }
  const pixels = Array.from(values);
  if (!pixels.every(Number.isFinite)) throw new CallError('the picture has values that are NaN or infinite');
  return {pixels: pixels.map(rounded), height, width};
}

/** From 0 to 1: bytes by 255; others as they are, unless they go beyond. */
export function toUnitRange(map: OneMap, isBytes: boolean): OneMap {
  const [low, high] = isBytes ? [0, 255] : rangeOf(map.pixels)!;
  if (!isBytes && low >= 0 && high <= 1) return map;
  return {...map, pixels: map.pixels.map((value) => rounded((value - low) / (high - low || 1)))};
}

/** As precise as an eye needs, and short where it is stored. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
