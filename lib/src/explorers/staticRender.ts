import {createCanvas, newImage} from '../native/canvas';
import {warnWithoutFonts} from '../pictures/fonts';
import {toPng} from '../pictures/png';
import {scriptOf, type ExplorerKind} from './script';

/** A drawn explorer; width and height in screen pixels. */
export interface StaticRender {
  png: Buffer;
  width: number;
  height: number;
}

/** Pixels of the file for each screen pixel: sharp enough, and four of them fit into one notebook. */
const DENSITY = 1.5;

/** How an explorer looks before anyone has touched it: drawn by the code that draws it in the page. */
export function renderStatic(kind: ExplorerKind, data: object): StaticRender {
  warnWithoutFonts();
  // Loaded here, not above: it takes a third of a second that only who draws pays.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const {JSDOM} = require('jsdom') as typeof import('jsdom');
  const {window} = new JSDOM('<!doctype html><div></div>', {runScripts: 'outside-only'});
  const root = window.document.querySelector('div')!;
  const mount = window.eval(`(() => {${scriptOf(kind)}\nreturn mount;})()`) as (root: Element, data: object) => void;
  mount(root, data);
  const drawing = root.querySelector('svg')!;
  const [width, height] = ['width', 'height'].map((name) => Number(drawing.getAttribute(name))) as [number, number];
  // It is for pages, where the drawing shrinks with the window.
  drawing.removeAttribute('style');
  drawing.setAttribute('width', String(width * DENSITY));
  drawing.setAttribute('height', String(height * DENSITY));
  const image = newImage();
  let failure: Error | undefined;
  image.onerror = (error) => {
    failure = error;
  };
  image.src = Buffer.from(drawing.outerHTML);
  window.close();
  if (failure) throw new Error(`the ${kind} explorer can't be drawn: ${failure.message}`);
  const canvas = createCanvas(Math.round(width * DENSITY), Math.round(height * DENSITY));
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return {png: toPng(canvas), width, height};
}
