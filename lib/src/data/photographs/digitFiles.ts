import path from 'node:path';
import {CallError} from '../../arguments/publicCall';
import {shortList} from '../folder/byFolder';
import {walk} from '../folder/walk';

/** A photograph, and the digit that its name begins with. */
export interface DigitFile {
  file: string;
  digit: number;
}

/**
 * The pictures of a folder whose names begin with a digit, in the order of the alphabet: `3.jpg`, `7-blue-pen.heic`.
 *
 * @throws CallError when the folder can't be read, or has no such picture
 */
export async function digitFiles(dir: string): Promise<DigitFile[]> {
  const {pictures, others} = await walk(dir, dir);
  const found = pictures.flatMap(({file}) => {
    const first = path.basename(file)[0]!;
    return DIGITS.includes(first) ? [{file, digit: Number(first)}] : [];
  });
  if (found.length > 0) return found;
  const there = [...pictures, ...others].map(({file}) => path.basename(file));
  throw new CallError(
    `${dir}: expected pictures whose names begin with the digit that they show, such as 3.jpg or 7-blue-pen.heic, ` +
      `got ${shortList(there) || 'nothing'}`,
  );
}

const DIGITS = '0123456789';
