import {crc32, deflateSync} from 'node:zlib';
import type {Canvas} from 'canvas';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** So many colours are written as they are: one byte tells no more apart. */
const EXACT = 256;
/** More than that are drawn from so many: enough for the eye, and maps over images a quarter smaller than with 128. */
const PALETTE = 64;
/** A colour on so large a share of the picture is an area that the eye compares with others, and is kept as it is. */
const AREA = 1 / 100;
/** Charts and digits have up to some thousand colours, most of them on a few edge pixels; photographs have more. */
const MOST_COLOURS = 8192;

/**
 * A canvas as a PNG file with a palette of at most 256 colours, a quarter of the size of the usual kind, so that
 * notebooks stay small. Where there are more, areas of one colour keep it, and rare ones, which soften the edges of text
 * and lines, become the nearest of those that are left. A photograph, where that would show, is written in full colour. Transparency is not kept.
 */
export function toPng(canvas: Canvas): Buffer {
  const {width, height} = canvas;
  const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  if (counts.size > MOST_COLOURS) return canvas.toBuffer('image/png', {compressionLevel: 9});

  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([colour]) => colour);
  const areas = ranked.filter((colour) => counts.get(colour)! >= AREA * pixels.length);
  const palette = paletteOf(ranked, areas);
  const place = new Map(ranked.map((colour) => [colour, nearest(colour, palette)]));
  const indices = Uint8Array.from(pixels, (colour) => place.get(colour)!);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits, palette, deflate, the usual filters, not interlaced
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(filtered(indices, width), {level: 9})),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Rows as PNG files hold them, each after the name of its filter. No filter suits palettes; but where a row repeats the
 * one above, as in every enlarged pixel, only that is said: enlarged maps become a quarter smaller.
 */
function filtered(indices: Uint8Array, width: number): Buffer {
  const NONE = 0;
  const UP = 2;
  let above = Buffer.alloc(0);
  const rows = Array.from({length: indices.length / width}, (_, y) => {
    const row = Buffer.from(indices.subarray(y * width, (y + 1) * width));
    const [filter, body] = row.equals(above) ? [UP, Buffer.alloc(width)] : [NONE, row];
    above = row;
    return [Buffer.from([filter]), body];
  });
  return Buffer.concat(rows.flat());
}

/** A canvas holds red, green, blue, alpha in this order: on a little-endian machine, red is the lowest byte. */
function channels(colour: number): [red: number, green: number, blue: number] {
  return [colour & 0xff, (colour >> 8) & 0xff, (colour >> 16) & 0xff];
}

/** First the areas, then colours far apart, so that none is far from the palette, then the frequent ones between them. */
function paletteOf(ranked: number[], areas: number[]): number[] {
  if (ranked.length <= EXACT) return ranked;
  const palette = areas.slice(0, PALETTE);
  for (const apart of [16, 8, 0]) {
    for (const colour of ranked) {
      if (palette.length === PALETTE) return palette;
      if (palette.every((chosen) => distance(chosen, colour) > apart ** 2)) palette.push(colour);
    }
  }
  return palette;
}

function nearest(colour: number, palette: number[]): number {
  let best = 0;
  for (let i = 1; i < palette.length; i++) {
    if (distance(colour, palette[i]!) < distance(colour, palette[best]!)) best = i;
  }
  return best;
}

/** Squared, as red, green and blue go: the eye's measure would be better, and no one would see it. */
function distance(one: number, other: number): number {
  const dr = (one & 0xff) - (other & 0xff);
  const dg = ((one >> 8) & 0xff) - ((other >> 8) & 0xff);
  const db = ((one >> 16) & 0xff) - ((other >> 16) & 0xff);
  return dr * dr + dg * dg + db * db;
}

function chunk(type: string, body: Buffer): Buffer {
  const tagged = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const out = Buffer.alloc(tagged.length + 8);
  out.writeUInt32BE(body.length, 0);
  out.set(tagged, 4);
  out.writeUInt32BE(crc32(tagged), tagged.length + 4);
  return out;
}
