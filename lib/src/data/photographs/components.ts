import type {GreyImage} from './greyImage';

/** Whatever has less than this share of the largest part's pixels is a speck. */
const SPECK = 0.1;

/** Keeps the parts that hang together and are not much smaller than the largest: dust, and lines at the edge, go. */
export function largestParts({pixels, shape}: GreyImage): GreyImage {
  const parts = partsOf(pixels, shape[2]!);
  const largest = parts.reduce((most, {length}) => Math.max(most, length), 0);
  const kept = new Uint8Array(pixels.length);
  for (const part of parts) {
    if (part.length >= SPECK * largest) for (const i of part) kept[i] = pixels[i]!;
  }
  return {pixels: kept, shape};
}

/** The positions of pixels that are not 0, one list for each group that touches by sides or corners. */
function partsOf(pixels: Uint8Array, width: number): number[][] {
  const seen = new Uint8Array(pixels.length);
  const parts: number[][] = [];
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] === 0 || seen[start] === 1) continue;
    const part = [start];
    seen[start] = 1;
    // The list grows while it is gone through.
    for (const i of part) {
      for (const neighbour of neighbours(i, width)) {
        if (seen[neighbour] !== 0 || !pixels[neighbour]) continue;
        seen[neighbour] = 1;
        part.push(neighbour);
      }
    }
    parts.push(part);
  }
  return parts;
}

function neighbours(i: number, width: number): number[] {
  const x = i % width;
  const columns = [...(x > 0 ? [-1] : []), 0, ...(x < width - 1 ? [1] : [])];
  return columns.flatMap((dx) => [i - width + dx, i + dx, i + width + dx]);
}
