import {createCanvas, Image} from 'canvas';

/** Reads a PNG file back: a function that tells the colour at a place, in the file's pixels. */
export function decode(png: Buffer): {width: number; height: number; at: (x: number, y: number) => number[]} {
  const image = new Image();
  image.src = png;
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const {data} = context.getImageData(0, 0, image.width, image.height);
  const at = (x: number, y: number): number[] => [...data.subarray(4 * (y * image.width + x)).subarray(0, 3)];
  return {width: image.width, height: image.height, at};
}
