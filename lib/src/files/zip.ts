// Reading zip archives: the only file that uses zip.js.
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
} from '@zip.js/zip.js';
import {checksum, type FilePart} from './part';

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
  data: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Where the file's bytes lie in the archive, if they are stored as they are; otherwise the bytes, unpacked. */
  part: () => Promise<Uint8Array<ArrayBuffer> | FilePart>;
}

/**
 * The files of an archive on the disk; none is unpacked unasked.
 *
 * @param file the archive, open for as long as its entries are used
 * @throws Error for what isn't a whole zip, and as `unzip` does for an entry whose data are asked for
 */
export async function entriesIn(file: fs.FileHandle): Promise<ZipEntry[]> {
  const listed = await entriesOf(new HandleReader(file));
  return listed.flatMap((entry) => {
    if (entry.directory) return [];
    const {filename: name, uncompressedSize: size, externalFileAttributes: attributes} = entry;
    // Unix keeps a file's type in the upper bits; a link's is 0xa000.
    const isLink = ((attributes >>> 16) & 0xf000) === 0xa000;
    const data = () => unpack(entry, SPARE);
    const isStored = entry.compressionMethod === STORED && !entry.encrypted;
    return {name, size, isLink, data, part: isStored ? () => partOf(entry, file) : data};
  });
}

/** @throws Error for a wrong checksum */
async function partOf(entry: FileEntry, file: fs.FileHandle): Promise<FilePart> {
  const {filename, uncompressedSize: length} = entry;
  try {
    // Reads where the data begin, and not the data: of these zip.js would make pieces, for ten times what their sum takes.
    await entry.getData(new Uint8ArrayWriter(), {checkOverlappingEntryOnly: true});
    if (entry.compressedSize !== length) throw new Error(`expected ${length} bytes, got ${entry.compressedSize}`);
    const part = {file, start: entry.localDirectory!.dataOffset, length};
    if ((await checksum(part)) !== entry.crc32) throw new Error('its checksum is another');
    return part;
  } catch (cause) {
    throw new Error(`'${filename}' in it is damaged: ${(cause as Error).message}`, {cause});
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

/** zip's number for what isn't packed. */
const STORED = 0;
