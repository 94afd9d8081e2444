import type {Grey} from './prepare';
import type {LayerOutput} from './network';

/** Draws values as grey pixels, black the smallest and white the largest. */
export function drawGrey(canvas: HTMLCanvasElement, {values, width, height}: Grey, highest = 1): void {
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const grey = highest > 0 ? (255 * values[i]!) / highest : 0;
    image.data.set([grey, grey, grey, 255], 4 * i);
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

/** A layer's maps side by side, in rows; one brightness for all, so that weak finds look weak. */
export function drawMaps(canvas: HTMLCanvasElement, {height, width, maps, values}: LayerOutput, columns: number): void {
  const gap = height > 1 ? Math.max(1, Math.round(width / 12)) : 0;
  const rows = Math.ceil(maps / columns);
  canvas.width = columns * (width + gap) - gap;
  canvas.height = rows * (height + gap) - gap;
  const image = new ImageData(canvas.width, canvas.height);
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  for (let map = 0; map < maps; map++) {
    const left = (map % columns) * (width + gap);
    const top = Math.floor(map / columns) * (height + gap);
    for (let i = 0; i < width * height; i++) {
      const grey = highest > 0 ? (255 * values[i * maps + map]!) / highest : 0;
      const at = (top + Math.floor(i / width)) * canvas.width + left + (i % width);
      image.data.set([grey, grey, grey, 255], 4 * at);
    }
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}
