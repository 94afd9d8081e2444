import {createCanvas, pixelsFor, type CanvasRenderingContext2D} from '../native/canvas';
import {warnWithoutFonts} from './fonts';
import {toPng} from './png';

/** One image of a grid. */
export interface Tile {
  rgba: Uint8ClampedArray;
  title: string | undefined;
  marked: boolean;
}

interface GridSize {
  /** Of an image, in its own pixels. */
  width: number;
  height: number;
  columns: number;
  scale: number;
}

/** Twice the pixels of the size on screen. */
const DENSITY = 2;
/** Between tiles, and around them. */
export const GAP = 10;
const FRAME = 3;
const TITLE_HEIGHT = 20;
const FONT = '13px sans-serif';
const PAPER = '#ffffff';
const INK = '#333333';
const MARK = '#d55e00';
/** Around each image, or white pixels would run into the white paper: half a screen pixel. */
const HAIRLINE = {width: 0.5, colour: '#8c8c8c'};

/** Draws tiles in rows on white paper, which suits light and dark pages alike. Sizes returned are screen pixels. */
export function drawGrid(
  tiles: Tile[],
  {width, height, columns, scale}: GridSize,
): {png: Buffer; width: number; height: number} {
  const image = {width: Math.round(width * scale), height: Math.round(height * scale)};
  const titled = tiles.some(({title}) => title !== undefined && title !== '');
  if (titled) warnWithoutFonts();
  const cell = {
    width: Math.max(image.width, Math.ceil(widestTitle(tiles))),
    height: image.height + (titled ? TITLE_HEIGHT : 0),
  };
  const rows = Math.ceil(tiles.length / columns);
  const page = {width: GAP + columns * (cell.width + GAP), height: GAP + rows * (cell.height + GAP)};

  const canvas = createCanvas(page.width * DENSITY, page.height * DENSITY);
  const context = canvas.getContext('2d');
  context.scale(DENSITY, DENSITY);
  context.fillStyle = PAPER;
  context.fillRect(0, 0, page.width, page.height);
  context.font = FONT;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  // Enlarged pixels stay squares; a large photograph that is made smaller is averaged instead.
  context.imageSmoothingEnabled = scale < 1;
  tiles.forEach((tile, i) => {
    const left = GAP + (i % columns) * (cell.width + GAP) + (cell.width - image.width) / 2;
    const top = GAP + Math.floor(i / columns) * (cell.height + GAP) + (titled ? TITLE_HEIGHT : 0);
    drawTile(context, tile, {left, top, ...image}, {width, height});
  });
  return {png: toPng(canvas), ...page};
}

function drawTile(
  context: CanvasRenderingContext2D,
  {rgba, title, marked}: Tile,
  place: {left: number; top: number; width: number; height: number},
  {width, height}: {width: number; height: number},
): void {
  const source = createCanvas(width, height);
  source.getContext('2d').putImageData(pixelsFor(rgba, width, height), 0, 0);
  const frame = marked ? {width: FRAME, colour: MARK} : HAIRLINE;
  context.strokeStyle = frame.colour;
  context.lineWidth = frame.width;
  context.strokeRect(
    place.left - frame.width / 2,
    place.top - frame.width / 2,
    place.width + frame.width,
    place.height + frame.width,
  );
  context.drawImage(source, place.left, place.top, place.width, place.height);
  if (title) {
    context.fillStyle = marked ? MARK : INK;
    context.fillText(title, place.left + place.width / 2, place.top - TITLE_HEIGHT / 2 - 1);
  }
}

function widestTitle(tiles: Tile[]): number {
  const context = createCanvas(1, 1).getContext('2d');
  context.font = FONT;
  return Math.max(...tiles.map(({title}) => (title ? context.measureText(title).width : 0)));
}
