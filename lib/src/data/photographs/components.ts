import type {GreyImage} from './greyImage';

/** Whatever has less than this share of the largest component's pixels is a speck. */
const SPECK = 0.1;

/** Keeps the components that hang together and are not much smaller than the largest: dust, and lines at the edge, go. */
export function largestComponents({pixels, shape}: GreyImage): GreyImage {
  const components = connectedComponents(pixels, shape[2]!);
  const largest = components.reduce((most, {length}) => Math.max(most, length), 0);
  const kept = new Uint8Array(pixels.length);
  for (const component of components) {
    if (component.length >= SPECK * largest) for (const i of component) kept[i] = pixels[i]!;
  }
  return {pixels: kept, shape};
}

/** The positions of pixels that are not 0, one list for each group that touches by sides or corners. */
function connectedComponents(pixels: Uint8Array, width: number): number[][] {
  const seen = new Uint8Array(pixels.length);
  const components: number[][] = [];
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] === 0 || seen[start] === 1) continue;
    const component = [start];
    seen[start] = 1;
    // The list grows while it is gone through.
    for (const i of component) {
      for (const neighbour of neighbours(i, width)) {
        if (seen[neighbour] !== 0 || !pixels[neighbour]) continue;
        seen[neighbour] = 1;
        component.push(neighbour);
      }
    }
    components.push(component);
  }
  return components;
}

function neighbours(i: number, width: number): number[] {
  const x = i % width;
  const columns = [...(x > 0 ? [-1] : []), 0, ...(x < width - 1 ? [1] : [])];
  return columns.flatMap((dx) => [i - width + dx, i + dx, i + width + dx]);
}
