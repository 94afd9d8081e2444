/** node-canvas, loaded at the first picture: a program that only trains needs neither its time nor its native part. */
import type * as nodeCanvas from 'canvas';
import {notSetUp} from './notSetUp';

export type {Canvas, CanvasRenderingContext2D} from 'canvas';

let loaded: typeof nodeCanvas | undefined;

function load(): typeof nodeCanvas {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- at the first use
    return require('canvas') as typeof nodeCanvas;
  } catch (error) {
    throw notSetUp('canvas, which draws the pictures,', error);
  }
}

const canvas = () => (loaded ??= load());

export const createCanvas: typeof nodeCanvas.createCanvas = (...args) => canvas().createCanvas(...args);

/** Pixels for a canvas: red, green, blue and opacity from 0 to 255 each, row by row. */
export const pixelsFor = (rgba: Uint8ClampedArray, width: number, height: number): nodeCanvas.ImageData =>
  canvas().createImageData(rgba, width, height);

/** An image that isn't loaded yet: `onload`, `onerror` and `src` as in a browser. */
export const newImage = (): nodeCanvas.Image => new (canvas().Image)();
