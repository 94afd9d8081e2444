// The only file that uses Papa Parse.
import fs from 'node:fs';
import Papa from 'papaparse';
import {CallError} from '../arguments/publicCall';
import {inWords} from './errors';

/** What stands between two cells: found out from the first rows. */
const DELIMITERS = [',', ';', '\t'];

/**
 * Reads a table row by row: CSV with commas, semicolons or tabs, with quotes, with a byte order mark or without, whatever
 * ends its lines. Empty lines are passed over. Text that is not
 * UTF-8 is taken for Latin-1, as older programs write it; UTF-16 is known by its mark.
 *
 * @param onRow called with the cells of each row, and the row's number from 1
 * @throws CallError when the file can't be read; and whatever `onRow` throws
 */
export async function readRows(file: string, onRow: (cells: string[], row: number) => void): Promise<void> {
  const encoding = await encodingOf(file);
  const stream = fs.createReadStream(file, {encoding});
  let row = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      stream.once('error', reject);
      Papa.parse<string[]>(stream, {
        delimitersToGuess: DELIMITERS,
        skipEmptyLines: 'greedy',
        step: ({data}, parser) => {
          if (row === 0) data[0] = data[0]!.replace(/^\ufeff/, '');
          try {
            onRow(data, ++row);
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
    stream.destroy();
  }
}

/** Long enough to meet an accent; not so long that it takes time. */
const SAMPLE = 2 ** 20;

async function encodingOf(file: string): Promise<'utf8' | 'utf16le' | 'latin1'> {
  try {
    const handle = await fs.promises.open(file);
    try {
      const {buffer, bytesRead} = await handle.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
      const sample = buffer.subarray(0, bytesRead);
      if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf16le';
      return isUtf8(sample, bytesRead === SAMPLE) ? 'utf8' : 'latin1';
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new CallError(`${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  }
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
