import type {FileHandle} from 'node:fs/promises';
import {crc32} from 'node:zlib';

/** A part of a file that is open, or the whole of it; in bytes. */
export interface FilePart {
  file: FileHandle;
  start: number;
  length: number;
}

/**
 * Fills an array with a file's bytes.
 *
 * @param position where they begin in the file
 * @throws Error where the file ends before
 */
export async function readFully(file: FileHandle, into: Uint8Array | Float32Array, position: number): Promise<void> {
  for (let done = 0; done < into.byteLength;) {
    // The system moves at most 2 GB at a time, and says how many.
    const {bytesRead} = await file.read(bytesOf(into, done), {position: position + done});
    if (bytesRead === 0) throw new Error('the file ends before its numbers do');
    done += bytesRead;
  }
}

/** Writes all of an array's bytes into a file, from a position on. */
export async function writeFully(file: FileHandle, from: Uint8Array | Float32Array, position: number): Promise<void> {
  for (let done = 0; done < from.byteLength;) {
    const {bytesWritten} = await file.write(bytesOf(from, done), 0, undefined, position + done);
    done += bytesWritten;
  }
}

/** The CRC-32 of a part's bytes. @throws Error where the file ends before */
export async function checksum({file, start, length}: FilePart): Promise<number> {
  const piece = new Uint8Array(Math.min(length, PIECE));
  let sum = 0;
  for (let done = 0; done < length;) {
    const bytes = piece.subarray(0, length - done);
    await readFully(file, bytes, start + done);
    sum = crc32(bytes, sum);
    done += bytes.length;
  }
  return sum;
}

const PIECE = 2 ** 20;
const MOST = 2 ** 30;

function bytesOf({buffer, byteOffset, byteLength}: ArrayBufferView, from: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + from, Math.min(byteLength - from, MOST));
}
