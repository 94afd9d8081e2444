import {checkDensity, checkSize, type Decoded} from './decoded';
import {readWithSharp} from './withSharp';

/** LZW's best: a code of 12 bits for a run of 4,096 pixels. */
const DENSEST_GIF = 4096 / 1.5;
/** A canvas may be larger than its pictures, so this many pixels are read whatever the file's length: in a tenth of a second. */
const ALWAYS = 2 ** 20;

/**
 * One frame of a GIF, the first unless `page` says otherwise.
 *
 * @throws Error when it is damaged or cut short, or when its header asks for more pixels than its bytes can hold: a hundred
 *   million of them, from two hundred bytes, would take seconds and gigabytes
 */
export function readGif(bytes: Uint8Array, page?: number): Promise<Decoded> {
  return readWithSharp(bytes, page, {}, (height, width) => {
    if (height * width <= ALWAYS) checkSize(height, width);
    else checkDensity(height, width, bytes.length, DENSEST_GIF);
  });
}
