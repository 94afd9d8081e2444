// Texts of h5py's, which calls bytes ASCII that are UTF-8.
// @ts-check

/** @import {AttributeEntry} from '../../src/files/hdf5Protocol.js' */

/** Which byte h5wasm made a letter of: by code, or as browsers read ASCII. */
const BYTES = new Map(
  Array.from({length: 256}, (_, byte) => byte).flatMap((byte) => [
    [new TextDecoder('ascii').decode(Uint8Array.of(byte)), byte],
    [String.fromCharCode(byte), byte],
  ]),
);

/** @type {(value: AttributeEntry[2]) => AttributeEntry[2]} Keras's bytes are UTF-8, also where h5py calls them ASCII. */
export function asUtf8(value) {
  if (Array.isArray(value)) return /** @type {string[]} */ (value.map((each) => asUtf8(each)));
  if (typeof value !== 'string' || /^\p{ASCII}*$/u.test(value)) return value;
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(
      Uint8Array.from(value, (letter) => BYTES.get(letter) ?? 0xff),
    );
  } catch {
    return value; // in another encoding
  }
}
