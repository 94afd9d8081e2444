// Writing zip archives whose entries are stored as they are, since weights don't shrink. What such an archive is takes three
// records, and an entry's bytes can be written where they stay: zip.js passes all of them through streams, which for a
// model's weights takes longer than all the rest of saving. Source: PKWARE's APPNOTE.TXT, 4.3.
import type {FileHandle} from 'node:fs/promises';
import {checksum, writeFully} from './part';

const MOST_BYTES = 2 ** 32 - 1;
/** Of the format: 2.0, which every reader knows. */
const VERSION = 20;
/** The first day that zip knows, 1 January 1980: equal entries make equal archives. */
const DAY = 0x21;

/** A zip archive that is written into an empty file, entry by entry. */
export class ZipFile {
  private end = 0;
  private readonly directory: Buffer[] = [];

  constructor(private readonly file: FileHandle) {}

  /**
   * Adds an entry.
   *
   * @param name in ASCII
   * @param data its bytes, or what writes them into the file, from a position on, and gives their number
   * @throws Error where the archive would take more than 4 GB
   */
  async add(name: string, data: Uint8Array | ((start: number) => Promise<number>)): Promise<void> {
    const offset = this.end;
    const start = offset + LOCAL_BYTES + name.length;
    if (data instanceof Uint8Array) await writeFully(this.file, data, start);
    const length = data instanceof Uint8Array ? data.length : await data(start);
    this.end = start + length;
    if (this.end > MOST_BYTES)
      throw new Error("it takes more than 4 GB, which a .keras file can't hold here; save as .h5");
    const sum = await checksum({file: this.file, start, length});
    // Both records have these fields: version, flags, method (0: stored), time, day, sum, both sizes, lengths of name and more.
    const common = record([2, VERSION], [2, 0], [2, 0], [2, 0], [2, DAY], [4, sum], [4, length], [4, length], [2, name.length], [2, 0]); // prettier-ignore
    const bytes = Buffer.from(name, 'latin1');
    await writeFully(this.file, Buffer.concat([record([4, LOCAL]), common, bytes]), offset);
    // Comment, disk, attributes inside and outside, the local record's place.
    const rest = record([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    this.directory.push(Buffer.concat([record([4, CENTRAL], [2, VERSION]), common, rest, bytes]));
  }

  /** Writes the list of entries, without which it is no archive. */
  async close(): Promise<void> {
    const {length: count} = this.directory;
    const list = Buffer.concat(this.directory);
    const end = record([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, list.length], [4, this.end], [2, 0]);
    await writeFully(this.file, Buffer.concat([list, end]), this.end);
  }
}

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** Whole numbers of so many bytes each, the lowest byte first. */
function record(...fields: [bytes: 2 | 4, value: number][]): Buffer {
  const pieces = fields.map(([bytes, value]) => {
    const piece = Buffer.alloc(bytes);
    piece.writeUIntLE(value, 0, bytes);
    return piece;
  });
  return Buffer.concat(pieces);
}
