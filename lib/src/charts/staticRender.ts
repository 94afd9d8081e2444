import {setImmediate} from 'node:timers/promises';
import {positive} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArgument, checkArguments, type Kind, optional, optionsOf} from '../arguments/schema';
import {createCanvas, newImage} from '../native/canvas';
import {warnWithoutFonts} from '../pictures/fonts';
import {toPng} from '../pictures/png';
import {checkDrawable} from './drawable';
import {isFigure, type Figure} from './figure';
import {plotlyPage} from './plotly';
import {withTitles} from './titles';

/** How large a figure is drawn. */
export interface FigureToPngOptions {
  /** In screen pixels. Default: the figure's own `layout.width`, else 700. */
  width?: number;
  /** In screen pixels. Default: the figure's own `layout.height`, else 450. */
  height?: number;
  /** Pixels of the file for each screen pixel. Default 2: sharp on fine screens and in print. */
  scale?: number;
}

/**
 * Draws any Plotly figure to a PNG file, without a browser and without a network.
 * The first call loads plotly.js, about a second; a figure then takes about 0.15 s.
 *
 * @param figure What a chart function returns, or any {data, layout} of Plotly's but maps, WebGL and formulas.
 * @param options How large to draw it.
 * @returns The bytes of a PNG file.
 * @throws Error for what is no figure, for traces that need WebGL or a map, and for a size that is none or too large to draw.
 *
 * @example
 * writeFileSync('history.png', await figureToPng(historyChart(history), {width: 900, height: 400}));
 */
export async function figureToPng(figure: Figure, options: FigureToPngOptions = {}): Promise<Buffer> {
  // Canvases give their memory back in a turn of the event loop: in a loop over many figures there has to be one.
  await setImmediate();
  return renderStatic(figure, options).png;
}

/** A drawn figure; width and height in screen pixels. */
export interface StaticRender {
  png: Buffer;
  width: number;
  height: number;
}

/**
 * The same, at once: for a call in a notebook cell that must be done before the cell ends.
 * plotly.js promises its result, but draws every chart without maps, WebGL or formulas before it returns. What goes wrong
 * is told under the name of the function that readers know.
 */
export function renderStatic(figure: Figure, options: FigureToPngOptions = {}): StaticRender {
  return publicCall('figureToPng', () => {
    checkArguments({figure, options}, {figure: figureKind, options: figureToPngOptions});
    return draw(figure, options);
  });
}

const figureKind: Kind = {
  expected: 'a figure such as historyChart(history) returns, {data, layout}',
  fits: isFigure,
};

const figureToPngOptions = optionsOf<FigureToPngOptions>({
  width: optional(positive),
  height: optional(positive),
  scale: optional(positive),
});

function draw(figure: Figure, options: FigureToPngOptions): StaticRender {
  checkDrawable(figure);
  const width = size('width', options.width ?? figure.layout.width ?? 700);
  const height = size('height', options.height ?? figure.layout.height ?? 450);
  const {scale = 2} = options;
  if (Math.max(width, height) * scale > LARGEST_SIDE) {
    throw new CallError(
      `${width} × ${height} at scale ${scale} is too large; expected at most ${LARGEST_SIDE} pixels a side`,
    );
  }
  warnWithoutFonts();
  const image = newImage();
  let failure: Error | undefined;
  image.onerror = (error) => {
    failure = error;
  };
  image.src = Buffer.from(figureToSvg(figure, width, height, scale));
  if (failure) throw new CallError(`the drawing can't be turned into pixels: ${failure.message}`);
  const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale));
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return {png: toPng(canvas), width, height};
}

function figureToSvg(figure: Figure, width: number, height: number, scale: number): string {
  const {plotly, document} = plotlyPage();
  const div = document.createElement('div');
  // plotly.js fills in what it is given: copy, so that the caller's figure stays as it is.
  const {data, layout} = structuredClone(withTitles(figure));
  const drawn = plotly.newPlot(div, data, {...layout, width, height}, {staticPlot: true});
  const svg = plotly.Snapshot.toSVG(div, 'svg', scale);
  const clean = (): void => {
    plotly.purge(div);
  };
  drawn.then(clean, clean);
  return svg;
}

/** The figure's own width may come from anywhere. */
function size(name: string, value: unknown): number {
  checkArgument(name, value, positive);
  return value as number;
}

/** What cairo can hold. */
const LARGEST_SIDE = 32_000;
