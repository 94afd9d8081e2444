import {readFile} from 'node:fs/promises';
import {inWords} from '../../files/errors';
import {formatOf, type Format} from './modelFile';

/**
 * A model file's bytes and format, which its name and its first bytes must agree on.
 *
 * @throws Error without the path, for the caller to put in front.
 */
export async function readModelFile(path: string): Promise<{bytes: Buffer; format: Format}> {
  const format = formatOf(path);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (/^\w+:\/\//.test(path)) throw new Error('it is an address, not a file; download it first', {cause: error});
    throw new Error(inWords(error as NodeJS.ErrnoException), {cause: error});
  }
  const found = formatOfBytes(bytes);
  if (found === format) return {bytes, format};
  if (bytes.length === 0) throw new Error('it is empty');
  throw new Error(found ? `its content is that of a ${found} file: rename it` : whatItIs(bytes, format));
}

function formatOfBytes(bytes: Buffer): Format | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'))) return '.h5';
  return bytes.subarray(0, 2).equals(Buffer.from('PK')) ? '.keras' : undefined;
}

function whatItIs(bytes: Buffer, format: Format): string {
  // A pickle of protocol 2 to 5 begins with this opcode and its number.
  const pickle = bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5;
  return pickle ? 'it is a pickle, and reading one runs the code in it' : `it is not a ${format} file`;
}
