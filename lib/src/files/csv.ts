// The only file that uses Papa Parse.
import fs from 'node:fs';
import {Transform, type Readable} from 'node:stream';
import Papa from 'papaparse';
import {CallError} from '../arguments/publicCall';
import {inWords} from './errors';

/** What stands between two cells: found out from the first rows. */
const DELIMITERS = [',', ';', '\t'];

/**
 * Reads a table row by row: CSV with commas, semicolons or tabs, with quotes, with a byte order mark or without, whatever
 * ends its lines. Empty lines are passed over, and so is Excel's first one, `sep=;`, which says what stands between cells. Text
 * that is not UTF-8 is taken for Windows-1252, as Excel and older programs write it; UTF-16 is known by its mark.
 *
 * @param onRow called with the cells of each row, and the row's number from 1
 * @throws CallError when the file can't be read; and whatever `onRow` throws
 */
export async function readRows(file: string, onRow: (cells: string[], row: number) => void): Promise<void> {
  const {encoding, isTurned, separator} = await lookAt(file);
  const bytes = fs.createReadStream(file);
  const stream: Readable = (isTurned ? bytes.pipe(pairsTurned()) : bytes).setEncoding(encoding);
  let row = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      bytes.once('error', reject);
      let isFirst = true;
      Papa.parse<string[]>(stream, {
        ...(separator === undefined ? {delimitersToGuess: DELIMITERS} : {delimiter: separator}),
        skipEmptyLines: 'greedy',
        step: ({data}, parser) => {
          if (isFirst) data[0] = data[0]!.replace(/^\ufeff/, '');
          const isSeparator = isFirst && separator !== undefined;
          isFirst = false;
          if (isSeparator) return;
          try {
            onRow(encoding === 'latin1' ? data.map(fromWindows) : data, ++row);
          } catch (error) {
            // What onRow threw, as it is.
            reject(error instanceof Error ? error : new Error(String(error)));
            // Calls complete, which is too late by now.
            parser.abort();
          }
        },
        complete: () => {
          resolve();
        },
        error: reject,
      });
    });
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw new CallError(`${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  } finally {
    bytes.destroy();
    stream.destroy();
  }
}

/** What Windows-1252 has from 80 to 9F, where Latin-1 has no letters. Node 20's TextDecoder for it gives Latin-1. */
const OF_WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function fromWindows(cell: string): string {
  return cell.replace(/[\x80-\x9f]/g, (letter) => OF_WINDOWS[letter.charCodeAt(0) - 0x80]!);
}

/** Long enough to meet an accent; not so long that it takes time. */
const SAMPLE = 2 ** 20;

/** How a table is written. */
interface Writing {
  encoding: 'utf8' | 'utf16le' | 'latin1';
  /** Whether the bytes of each pair stand the other way round. */
  isTurned: boolean;
  /** What stands between cells, where the first line says it. */
  separator?: string | undefined;
}

async function lookAt(file: string): Promise<Writing> {
  let sample: Buffer;
  try {
    const handle = await fs.promises.open(file);
    try {
      const {buffer, bytesRead} = await handle.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
      sample = buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new CallError(`${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  }
  const packed = PACKED.find(([mark]) => sample.toString('latin1', 0, 8).startsWith(mark))?.[1];
  if (packed !== undefined) throw new CallError(`${file}: expected a table as text (CSV), got ${packed}`);
  const isTurned = sample[0] === 0xfe && sample[1] === 0xff;
  const is16 = isTurned || (sample[0] === 0xff && sample[1] === 0xfe);
  const encoding = is16 ? 'utf16le' : isUtf8(sample, sample.length === SAMPLE) ? 'utf8' : 'latin1';
  const start = Buffer.from(sample.subarray(0, 32));
  const text = (isTurned ? start.subarray(0, start.length & ~1).swap16() : start).toString(encoding);
  return {encoding, isTurned, separator: /^\ufeff?"?sep=(.)"?[\r\n]/i.exec(text)?.[1]};
}

/** What is no text, by its first bytes. */
const PACKED: readonly [mark: string, what: string][] = [
  ['PK\x03\x04', "a ZIP archive, which Excel's workbooks are, too; save the sheet as CSV, or unpack it"],
  ['\xd0\xcf\x11\xe0', "an old workbook of Excel's; save the sheet as CSV"],
  ['\x1f\x8b', 'a file packed with gzip; unpack it first'],
];

/** UTF-16 with the higher byte first, as the other way round. */
function pairsTurned(): Transform {
  let left = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const bytes = Buffer.concat([left, chunk]);
      const even = bytes.length & ~1;
      left = bytes.subarray(even);
      done(null, bytes.subarray(0, even).swap16());
    },
  });
}

/** @param cut whether more follows: then the last character may be half there */
function isUtf8(sample: Buffer, cut: boolean): boolean {
  try {
    new TextDecoder('utf-8', {fatal: true}).decode(sample, {stream: cut});
    return true;
  } catch {
    return false;
  }
}
