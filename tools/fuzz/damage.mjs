// Damaging a file: pieces of it are changed, cut out, repeated, or its end is left away.
import fc from 'fast-check';

/** Half of the changes fall into the first 200 bytes, where headers are. */
const place = fc.oneof(fc.nat(200), fc.nat(20_000));
const byte = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x30, 0x39, 0x2c), fc.nat(255));
const kind = fc.constantFrom('set', 'set', 'set', 'cut', 'copy', 'end');

/** A few changes at random. */
export const changes = fc.array(fc.record({kind, at: place, value: byte}), {minLength: 1, maxLength: 4});

/** The bytes after these changes. */
export function damage(bytes, list) {
  let result = Buffer.from(bytes);
  for (const {kind, at, value} of list) {
    const i = at % Math.max(result.length, 1);
    if (kind === 'set' && result.length > 0) result[i] = value;
    if (kind === 'cut') result = Buffer.concat([result.subarray(0, i), result.subarray(i + value)]);
    if (kind === 'copy') result.copyWithin(i, value, value + 16);
    if (kind === 'end') result = result.subarray(0, Math.max(i, 1));
  }
  return result;
}

/** The number of pixel or array values that a shape stands for. */
export const size = (shape) => shape.reduce((product, length) => product * length, 1);
