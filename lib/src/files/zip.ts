// The only file that uses zip.js.
import fs from 'node:fs/promises';
import {crc32} from 'node:zlib';
import {
  type Entry,
  ERR_UNSAFE_FILENAME,
  ERR_UNSUPPORTED_COMPRESSION,
  type FileEntry,
  Reader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js';

/** An entry may take this many times its packed size, and some bytes to spare; deflate's best is 1032. */
const MAX_RATIO = 100;
const MAX_ENTRY = 2 ** 31 - 1;

/** Options of {@link unzip}. */
export interface UnzipOptions {
  /** Bytes that an entry may take however small it is packed. Default: one megabyte. */
  spare?: number;
}

/**
 * The wanted entries of a zip archive, unpacked in memory. Nothing is written to disk, whatever the names say.
 *
 * @throws Error for what isn't a whole zip, for two entries of one name, for a wrong checksum, and for an entry that
 * expands to over 2 GB, or 100 times its packed size and some to spare.
 */
export async function unzip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  {spare = 2 ** 20}: UnzipOptions = {},
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const listed = await entriesOf(new Uint8ArrayReader(bytes));
  const unpacked = new Map<string, Uint8Array<ArrayBuffer>>();
  const names = new Set<string>();
  for (const entry of listed) {
    if (names.has(entry.filename)) throw new Error(`it holds '${entry.filename}' twice`);
    names.add(entry.filename);
    if (!entry.directory && wanted(entry.filename)) unpacked.set(entry.filename, await unpack(entry, spare));
  }
  return unpacked;
}

/** A file in an archive on the disk. */
export interface ZipEntry {
  /** As it stands there, whatever the system that wrote it. */
  name: string;
  /** Unpacked, in bytes, as the archive says. */
  size: number;
  isLink: boolean;
  /** The file's bytes. */
  data: () => Promise<Uint8Array>;
}

/**
 * Calls `onEntry` with every file of an archive on the disk, one after the other; none is unpacked unasked.
 *
 * @throws Error for what isn't a whole zip, and as `unzip` does for an entry whose data are asked for
 */
export async function readEntries(file: string, onEntry: (entry: ZipEntry) => Promise<void>): Promise<void> {
  const handle = await fs.open(file);
  try {
    for (const entry of await entriesOf(new HandleReader(handle))) {
      if (entry.directory) continue;
      const {filename: name, uncompressedSize: size, externalFileAttributes: attributes} = entry;
      // Unix keeps a file's type in the upper bits; a link's is 0xa000.
      const isLink = ((attributes >>> 16) & 0xf000) === 0xa000;
      await onEntry({name, size, isLink, data: () => unpack(entry, SPARE)});
    }
  } finally {
    await handle.close();
  }
}

const SPARE = 2 ** 26;

/** Reads of a file what zip.js asks for. */
class HandleReader extends Reader<fs.FileHandle> {
  constructor(private readonly handle: fs.FileHandle) {
    super(handle);
  }

  override async init(): Promise<void> {
    await super.init?.();
    this.size = (await this.handle.stat()).size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const {buffer, bytesRead} = await this.handle.read(new Uint8Array(length), 0, length, index);
    return buffer.subarray(0, bytesRead);
  }
}

async function entriesOf<T>(reader: Reader<T>): Promise<Entry[]> {
  return new ZipReader(reader, {useWebWorkers: false, checkSignature: true}).getEntries().catch((cause: unknown) => {
    const {message, filename} = cause as {message?: string; filename?: string};
    throw message === ERR_UNSAFE_FILENAME
      ? new Error(`'${filename ?? ''}' in it would lie outside of the folder; it is not read`, {cause})
      : new Error('it is not a whole zip archive', {cause});
  });
}

async function unpack(entry: FileEntry, spare: number): Promise<Uint8Array<ArrayBuffer>> {
  const {filename, compressedSize, uncompressedSize} = entry;
  if (entry.encrypted) throw new Error(`'${filename}' in it is encrypted`);
  const limit = Math.min(MAX_RATIO * compressedSize + spare, MAX_ENTRY);
  if (uncompressedSize > limit) {
    throw new Error(
      `'${filename}' in it says it expands from ${compressedSize} to ${uncompressedSize} bytes; the limit is ${limit}`,
    );
  }
  try {
    // What isn't packed is passed on as it is: Node's own sum of it takes a tenth of the time of zip.js's.
    const isStored = entry.compressionMethod === STORED;
    const room = isStored ? Math.min(compressedSize, uncompressedSize) : undefined;
    const data = await entry.getData(new BoundedWriter(uncompressedSize, room), {passThrough: isStored});
    if (data.length !== uncompressedSize) throw new Error(`expected ${uncompressedSize} bytes, got ${data.length}`);
    if (isStored && crc32(data) !== entry.crc32) throw new Error('its checksum is another');
    return data;
  } catch (cause) {
    const {message} = cause as Error;
    throw message === ERR_UNSUPPORTED_COMPRESSION
      ? new Error(`'${filename}' in it is packed with method ${entry.compressionMethod}; pack it with deflate`, {cause})
      : new Error(`'${filename}' in it is damaged: ${message}`, {cause});
  }
}

/** Takes no more than an entry's header promised: what lies about its size ends here, not in memory. */
class BoundedWriter extends Uint8ArrayWriter {
  private written = 0;

  /** @param room What is made for it beforehand. */
  constructor(
    private readonly most: number,
    room?: number,
  ) {
    super(room);
  }

  override async writeUint8Array(chunk: Uint8Array): Promise<void> {
    this.written += chunk.length;
    if (this.written > this.most) throw new Error(`it expands to more than the ${this.most} bytes that it says`);
    await super.writeUint8Array(chunk);
  }
}

/** A zip archive of these entries, stored as they are: weights don't shrink. */
export async function zip(entries: [name: string, data: Uint8Array][]): Promise<Uint8Array> {
  const room = entries.reduce((sum, [, {length}]) => sum + length + PER_ENTRY, 0);
  const writer = new ZipWriter(new Uint8ArrayWriter(room), {useWebWorkers: false, level: 0, extendedTimestamp: false});
  for (const [name, data] of entries) {
    const asItIs = {passThrough: true, compressionMethod: STORED, uncompressedSize: data.length, crc32: crc32(data)};
    await writer.add(name, new Uint8ArrayReader(data), {lastModDate: EPOCH, ...asItIs});
  }
  return writer.close();
}

/** What is written of an entry besides its bytes, more than names like Keras's need. */
const PER_ENTRY = 1024;
/** zip's number for what isn't packed. */
const STORED = 0;

/** The first day that zip knows: the time of saving is in metadata.json, and equal models make equal files. */
const EPOCH = new Date(1980, 0, 1);
