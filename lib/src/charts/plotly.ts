import {readFileSync} from 'node:fs';
import {createCanvas} from '../native/canvas';
import {installTextMeasures} from './measure';

/** What of plotly.js is used here. */
interface Plotly {
  newPlot(div: Element, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  purge(div: Element): void;
  Snapshot: {toSVG(div: Element, format: 'svg', scale: number): string};
}

/** plotly.js in a page that exists in memory only. */
interface PlotlyPage {
  plotly: Plotly;
  document: Document;
}

let page: PlotlyPage | undefined;

/** The page with plotly.js, opened at the first call: that takes about a second and 150 MB, so only who draws pays. */
export function plotlyPage(): PlotlyPage {
  page ??= openPage();
  return page;
}

function openPage(): PlotlyPage {
  // Loaded here, not above: it takes a third of a second that only who draws pays.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const {JSDOM} = require('jsdom') as typeof import('jsdom');
  // Scripts run only when this file evaluates them; nothing is loaded from anywhere.
  const {window} = new JSDOM('<!doctype html><body></body>', {runScripts: 'outside-only', pretendToBeVisual: true});
  installTextMeasures(window);
  // jsdom has no canvas of its own accord here: heat maps draw their cells on one.
  const canvases = new WeakMap<object, ReturnType<typeof createCanvas>>();
  const canvasOf = (element: HTMLCanvasElement): ReturnType<typeof createCanvas> => {
    const known = canvases.get(element);
    if (known?.width === element.width && known.height === element.height) return known;
    const canvas = createCanvas(element.width, element.height);
    canvases.set(element, canvas);
    return canvas;
  };
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement, kind: string) {
      return kind === '2d' ? canvasOf(this).getContext('2d') : null;
    },
    toDataURL(this: HTMLCanvasElement) {
      return canvasOf(this).toDataURL('image/png');
    },
  });
  // plotly.js sets up its maps while loading, and asks for what browsers have and jsdom lacks.
  Object.assign(window, {TextDecoder, TextEncoder});
  Object.assign(window.URL, {createObjectURL: () => ''});
  // Whoever turns the drawing into pixels enlarges images softly, whatever their style says: heat maps are to be drawn at
  // their full size.
  Object.assign(window, {CSS: {supports: () => false}});
  window.eval(readFileSync(require.resolve('plotly.js-dist/plotly.js'), 'utf8'));
  return {plotly: window.eval('Plotly') as Plotly, document: window.document};
}
