import {crc32, inflateRawSync} from 'node:zlib';

// ZIP as .keras files use it: PKWARE's APPNOTE.TXT 6.3.10, without encryption, several disks and ZIP64. Node's zlib
// inflates with a limit and has the checksum, which is why no library stands here: those for JavaScript check neither.
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;
const UTF8 = 0x0800;
const ENCRYPTED = 0x0001;

/** An entry may take this many times its packed size, and one megabyte for the small ones; deflate's best is 1032. */
const MAX_RATIO = 100;
const MAX_ENTRY = 2 ** 31 - 1;

/**
 * The entries of a zip archive, unpacked in memory. Nothing is written to disk, whatever the names say.
 *
 * @throws Error for what isn't a whole zip, for two entries of one name, for a wrong checksum, and for an entry that
 * expands to over 2 GB or 100 times its packed size.
 */
export function unzip(bytes: Uint8Array, wanted: (name: string) => boolean): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Uint8Array>();
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL)
      throw new Error('its zip directory is damaged');
    const flags = view.getUint16(at + 8, true);
    const packed = {
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 20, true),
      fullSize: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength));
    at += CENTRAL_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (entries.has(name)) throw new Error(`it holds '${name}' twice`);
    if (!wanted(name)) continue;
    if (flags & ENCRYPTED) throw new Error(`'${name}' in it is encrypted`);
    entries.set(name, unpack(name, packed, bytes, view));
  }
  return entries;
}

interface Packed {
  method: number;
  crc: number;
  size: number;
  fullSize: number;
  offset: number;
}

function unpack(name: string, packed: Packed, bytes: Uint8Array, view: DataView): Uint8Array {
  const {method, crc, size, fullSize, offset} = packed;
  const damaged = (what: string) => new Error(`'${name}' in it is damaged: ${what}`);
  const limit = Math.min(MAX_RATIO * size + 2 ** 20, MAX_ENTRY);
  if (fullSize > limit) {
    throw new Error(`'${name}' in it says it expands from ${size} to ${fullSize} bytes; the limit is ${limit}`);
  }
  if (offset + LOCAL_SIZE > bytes.length || view.getUint32(offset, true) !== LOCAL) throw damaged('no header');
  const begin = offset + LOCAL_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (begin + size > bytes.length) throw damaged('it ends early');
  let data = bytes.subarray(begin, begin + size);
  if (method === 8) {
    try {
      data = inflateRawSync(data, {maxOutputLength: Math.max(fullSize, 1)});
    } catch (error) {
      throw damaged(error instanceof Error ? error.message : String(error));
    }
  } else if (method !== 0) throw new Error(`'${name}' in it is packed by method ${method}, only 0 and 8 are supported`);
  if (data.length !== fullSize) throw damaged(`expected ${fullSize} bytes, got ${data.length}`);
  if (crc32(data) !== crc) throw damaged('its checksum is wrong');
  return data;
}

/** The end record is the last thing but a comment of up to 65,535 bytes. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - END_SIZE; at >= Math.max(0, view.byteLength - END_SIZE - 0xffff); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new Error('it is not a whole zip archive');
}

/** A zip archive of these entries, stored as they are: weights don't shrink. */
export function zip(entries: [name: string, data: Uint8Array][]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  const put = (part: Uint8Array) => {
    parts.push(part);
    offset += part.length;
  };
  for (const [name, data] of entries) {
    const bytes = new TextEncoder().encode(name);
    const crc = crc32(data);
    if (offset + data.length > MAX_ENTRY) throw new Error('the archive would be larger than 2 GB');
    directory.push(record(CENTRAL_SIZE, [[0, CENTRAL], [42, offset]], [[4, 20], [6, 20], ...common(8)], bytes)); // prettier-ignore
    put(record(LOCAL_SIZE, [[0, LOCAL]], [[4, 20], ...common(6)], bytes));
    put(data);

    // Both headers repeat the same fields, two bytes apart.
    function common(at: number): [number, number][] {
      const size = data.length;
      return [
        [at, UTF8],
        [at + 6, 0x21], // 1 January 1980: the time of saving is in metadata.json
        [at + 8, crc & 0xffff],
        [at + 10, crc >>> 16],
        [at + 12, size & 0xffff],
        [at + 14, size >>> 16],
        [at + 16, size & 0xffff],
        [at + 18, size >>> 16],
        [at + 20, bytes.length],
      ];
    }
  }
  const start = offset;
  directory.forEach(put);
  const count = entries.length;
  put(record(END_SIZE, [[0, END], [12, offset - start], [16, start]], [[8, count], [10, count]])); // prettier-ignore
  return Buffer.concat(parts, offset);
}

function record(size: number, fields32: number[][], fields16: number[][], name = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(size + name.length);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of fields32) view.setUint32(at!, value!, true);
  for (const [at, value] of fields16) view.setUint16(at!, value!, true);
  bytes.set(name, size);
  return bytes;
}
