// What a TIFF says about its pictures: one directory of tags for each. A tag is looked at when it is asked for, so that those
// that don't matter to the pixels may be damaged.
import {damaged, damagedAs} from '../decoded';

/** The tags that are asked for, by their names in the format. */
const TAGS = {
  NewSubfileType: 254,
  ImageWidth: 256,
  ImageLength: 257,
  BitsPerSample: 258,
  Compression: 259,
  PhotometricInterpretation: 262,
  FillOrder: 266,
  ImageDescription: 270,
  StripOffsets: 273,
  Orientation: 274,
  SamplesPerPixel: 277,
  RowsPerStrip: 278,
  StripByteCounts: 279,
  PlanarConfiguration: 284,
  Predictor: 317,
  ColorMap: 320,
  TileWidth: 322,
  TileLength: 323,
  TileOffsets: 324,
  TileByteCounts: 325,
  SubIFDs: 330,
  ExtraSamples: 338,
  SampleFormat: 339,
  YCbCrSubSampling: 530,
  XMP: 700,
  ImageDepth: 32997,
  UIC2: 33629,
  GDAL_NODATA: 42113,
} as const;
export type Tag = keyof typeof TAGS;

const TEXT = 2;
/** How many bytes a value of each type takes. */
const BYTES: Record<number, number> = {
  1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8,
}; // prettier-ignore
/** The types of whole numbers. */
const WHOLE: Record<number, (view: DataView, at: number, little: boolean) => number> = {
  1: (view, at) => view.getUint8(at),
  3: (view, at, little) => view.getUint16(at, little),
  4: (view, at, little) => view.getUint32(at, little),
  6: (view, at) => view.getInt8(at),
  8: (view, at, little) => view.getInt16(at, little),
  9: (view, at, little) => view.getInt32(at, little),
  13: (view, at, little) => view.getUint32(at, little),
  16: (view, at, little) => Number(view.getBigUint64(at, little)),
  17: (view, at, little) => Number(view.getBigInt64(at, little)),
  18: (view, at, little) => Number(view.getBigUint64(at, little)),
};

/** The tags of one picture. What isn't there is undefined. */
export interface Directory {
  /** @throws Error when it holds anything but whole numbers that lie in the file */
  list: (tag: Tag) => number[] | undefined;
  /** @throws Error when it holds anything but one whole number */
  one: (tag: Tag) => number | undefined;
  text: (tag: Tag) => string | undefined;
  /** How many values it has, of any type; 0 when it isn't there. */
  count: (tag: Tag) => number;
}

/** Where the values of a tag lie. */
interface Entry {
  type: number;
  count: number;
  at: number;
}

/**
 * The directories in a TIFF's bytes, classic or BigTIFF, in their order.
 *
 * @throws Error when one of them doesn't lie in the file
 */
export function readDirectories(bytes: Uint8Array): {littleEndian: boolean; directories: Directory[]} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = bytes[0] === 0x49;
  const isBig = bytes.length >= 16 && view.getUint16(2, littleEndian) === 43;
  const offsetAt = (at: number) => (isBig ? WHOLE[16]! : WHOLE[4]!)(view, at, littleEndian);
  const [head, entryBytes, inPlace] = isBig ? [8, 20, 8] : [2, 12, 4];
  const directories: Directory[] = [];
  const seen = new Set<number>();
  let together = 0;
  if (bytes.length < 8) damaged();
  for (let next = offsetAt(isBig ? 8 : 4); next !== 0 && !seen.has(next);) {
    seen.add(next);
    if (!(next + head <= bytes.length)) damaged();
    const count = isBig ? offsetAt(next) : view.getUint16(next, littleEndian);
    const end = next + head + count * entryBytes;
    // Directories that together are longer than the file lie in one another; so many would take for ever.
    together += end - next;
    if (count === 0 || end + inPlace > bytes.length || together > bytes.length) damaged();
    directories.push(directoryOf(entriesFrom(next + head, count)));
    next = offsetAt(end);
  }
  if (directories.length === 0) damaged();
  return {littleEndian, directories};

  function entriesFrom(start: number, count: number): Map<number, Entry> {
    const entries = new Map<number, Entry>();
    for (let at = start; at < start + count * entryBytes; at += entryBytes) {
      const tag = view.getUint16(at, littleEndian);
      const type = view.getUint16(at + 2, littleEndian);
      const count = offsetAt(at + 4);
      const value = at + 4 + inPlace;
      // Types that nobody knows are passed over, as the format wants it, and so is the second of a tag that comes twice.
      if (BYTES[type] === undefined || entries.has(tag)) continue;
      entries.set(tag, {type, count, at: BYTES[type] * count <= inPlace ? value : offsetAt(value)});
    }
    return entries;
  }

  function directoryOf(entries: Map<number, Entry>): Directory {
    const list = (tag: Tag): number[] | undefined => {
      const entry = entries.get(TAGS[tag]);
      if (entry === undefined) return undefined;
      const {type, count, at} = entry;
      const read = WHOLE[type];
      if (read === undefined) wrong(tag, type === TEXT ? 'text' : 'no whole numbers');
      if (!(at + count * BYTES[type]! <= bytes.length)) wrong(tag, `${count} values, more than there are in the file`);
      return Array.from({length: count}, (_, i) => read(view, at + i * BYTES[type]!, littleEndian));
    };
    return {
      list,
      one(tag) {
        const values = list(tag);
        if (values !== undefined && values.length !== 1) wrong(tag, `${values.length} values, not one`);
        return values?.[0];
      },
      count: (tag) => entries.get(TAGS[tag])?.count ?? 0,
      text(tag) {
        const {type, count, at} = entries.get(TAGS[tag]) ?? {type: 0, count: 0, at: 0};
        return type === TEXT ? new TextDecoder().decode(bytes.subarray(at, at + count)) : undefined;
      },
    };
  }
}

function wrong(tag: Tag, what: string): never {
  damagedAs(`its tag ${tag} holds ${what}`);
}
