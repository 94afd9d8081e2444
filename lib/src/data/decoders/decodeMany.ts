// The pictures of a job. JPEGs in colour, as most are, go through one graph, many at once; all others one by one.
import {inWords} from '../../files/errors';
import {decode, type Picture, type Wanted} from './decode';
import {checkDensity, DENSEST, smaller} from './decoded';
import {formatOf} from './format';
import {jpegHeader} from './jpeg';
import {decodeTogether, TOGETHER, type Together} from './jpegGraph';

/** A picture, or what is wrong with its file. */
export type Reading = Picture | {error: string};

/** Where files come from and pictures go. */
export interface Ends {
  /** Gives a file's bytes, or throws; they have to stay as they are until `isDone` is called. */
  open: (file: string) => Uint8Array;
  isDone: () => void;
  /** Is given what `decode` makes of file `i`, or what is wrong with it; in any order, each as soon as it is read. */
  take: (reading: Reading, i: number) => void;
}

/** So much of files that wait for others is kept in memory. */
const MOST_WAITING = 2 ** 24;

/** @throws what `take` throws */
export async function decodeMany(files: readonly string[], wanted: Wanted, {open, isDone, take}: Ends): Promise<void> {
  const groups = new Map<string, {together: Together; waiting: {bytes: Uint8Array; i: number}[]}>();
  const one = async (bytes: Uint8Array, i: number) => {
    take(await decode(bytes, wanted).catch((error: unknown) => ({error: inWords(error as Error)})), i);
  };
  const clear = async () => {
    for (const {waiting} of groups.values()) for (const {bytes, i} of waiting) await one(bytes, i);
    groups.clear();
    length = 0;
    isDone();
  };
  let length = 0;
  for (const [i, file] of files.entries()) {
    let bytes: Uint8Array;
    try {
      bytes = open(file);
    } catch (error) {
      take({error: inWords(error as NodeJS.ErrnoException)}, i);
      continue;
    }
    const together = canGoTogether(bytes, wanted);
    if (together === undefined) {
      await one(bytes, i);
    } else {
      const key = String(together.isResized);
      const group = groups.get(key) ?? {together, waiting: []};
      groups.set(key, group);
      group.waiting.push({bytes, i});
      if (group.waiting.length === TOGETHER) {
        const pixels = tryTogether(group.waiting, together);
        for (const [at, each] of group.waiting.entries()) {
          // One of them is damaged: which, and how, only each by itself says.
          if (pixels === undefined) await one(each.bytes, each.i);
          else take(pictureAt(pixels, at, together), each.i);
        }
        group.waiting = [];
      }
    }
    length += bytes.length;
    const isWaiting = [...groups.values()].some(({waiting}) => waiting.length > 0);
    if (!isWaiting || length > MOST_WAITING) await clear();
  }
  await clear();
}

/** How a picture may be read beside others, with the values that it has by itself; undefined when it can't. */
function canGoTogether(bytes: Uint8Array, {size, fit, antialias, channels, page = 0}: Wanted): Together | undefined {
  if (size === undefined || page !== 0 || (channels !== 1 && channels !== 3) || formatOf(bytes) !== 'JPEG') return;
  try {
    const {height, width, bits, lossless, components, orientation} = jpegHeader(bytes);
    // Grey becomes red, green and blue by itself; the other way the weights are Pillow's, not the file's.
    const isRight = components === 1 || (components === 3 && channels === 3);
    if (bits !== 8 || lossless || orientation !== 1 || !isRight) return;
    checkDensity(height, width, bytes.length, DENSEST);
    const isSame = height === size[0] && width === size[1];
    const isStretched = fit === 'fill' && !antialias && channels === 3 && smaller(size, height, width) !== undefined;
    return isSame || isStretched ? {size, channels, isResized: !isSame} : undefined;
  } catch {
    return undefined;
  }
}

function tryTogether(files: readonly {bytes: Uint8Array}[], together: Together): Uint8Array | undefined {
  try {
    return decodeTogether(
      files.map(({bytes}) => bytes),
      together,
    );
  } catch {
    return undefined;
  }
}

function pictureAt(pixels: Uint8Array, i: number, {size: [height, width], channels}: Together): Picture {
  const length = height * width * channels;
  return {pixels: pixels.subarray(i * length, (i + 1) * length), height, width, channels};
}
