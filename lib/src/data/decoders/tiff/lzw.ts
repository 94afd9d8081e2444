import {damagedAs} from '../decoded';

const CLEAR = 256;
const END = 257;
/** Codes grow from 9 bits to 12. */
const MOST_CODES = 4096;

/**
 * LZW as TIFF has it, up to `most` bytes. Each new code stands for what the code before it stood for and the byte after that,
 * which follow one another in what is already unpacked: the dictionary is a list of places there.
 *
 * @throws Error for a code that doesn't stand for anything yet
 */
export function unpackLzw(packed: Uint8Array, most: number): Uint8Array {
  // Before TIFF 5 codes began at a byte's other end, and grew one later. Then the first, 'clear', begins with a zero.
  const isOld = packed[0] === 0 && (packed[1]! & 1) === 1;
  const early = isOld ? 0 : 1;
  const out = new Uint8Array(most);
  const starts = new Uint32Array(MOST_CODES);
  const lengths = new Uint32Array(MOST_CODES);
  let [bits, next, before, lengthBefore] = [9, END + 1, 0, 0];
  let [held, count, from, at] = [0, 0, 0, 0];
  while (at < most) {
    for (; count < bits; count += 8) {
      // Without its last code: what is there is given back.
      if (from === packed.length) return out.subarray(0, at);
      held = isOld ? held | (packed[from++]! << count) : ((held << 8) | packed[from++]!) & 0xffffff;
    }
    count -= bits;
    const code = isOld ? held & ((1 << bits) - 1) : (held >> count) & ((1 << bits) - 1);
    if (isOld) held >>= bits;
    if (code === END) break;
    if (code === CLEAR) {
      [bits, next, lengthBefore] = [9, END + 1, 0];
      continue;
    }
    if (lengthBefore > 0 && next < MOST_CODES) {
      starts[next] = before;
      lengths[next++] = lengthBefore + 1;
      if (next + early >= 1 << bits && bits < 12) bits++;
    }
    if (code < CLEAR) {
      [before, lengthBefore] = [at, 1];
      out[at++] = code;
    } else if (code < next) {
      let place = starts[code]!;
      [before, lengthBefore] = [at, lengths[code]!];
      for (const end = Math.min(most, at + lengthBefore); at < end;) out[at++] = out[place++]!;
    } else {
      damagedAs(`its LZW code ${code} stands for nothing`);
    }
  }
  return out.subarray(0, at);
}
