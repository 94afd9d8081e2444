import fs from 'node:fs/promises';
import path from 'node:path';
import {inWords} from '../files/errors';

/** A picture's file and the number of its class. */
export interface Example {
  file: string;
  label: number;
}

const ENDINGS = /\.(png|jpe?g|gif|webp|tiff?)$/i;
/** A label is a byte. */
const MOST_CLASSES = 256;

/** The names of a folder's folders, in the order of the alphabet; hidden ones are passed over. */
export async function foldersIn(dir: string): Promise<string[]> {
  return (await entriesOf(dir)).flatMap(({name, isFolder}) => (isFolder ? name : []));
}

/**
 * The pictures in the folders of these classes, by the ending of their names.
 *
 * @throws Error when there is no class or too many, a folder is missing, or has no picture
 */
export async function examplesIn(dir: string, classNames: readonly string[]): Promise<Example[]> {
  if (classNames.length === 0) {
    throw new Error(`${dir}: expected a folder for each class, with that class's pictures in it; there is none`);
  }
  if (classNames.length > MOST_CLASSES) {
    throw new Error(`${dir}: expected at most ${MOST_CLASSES} classes, got ${classNames.length} folders`);
  }
  const examples: Example[] = [];
  for (const [label, className] of classNames.entries()) {
    const folder = path.join(dir, className);
    const names = (await entriesOf(folder)).flatMap(({name, isFolder}) => (isFolder ? [] : name));
    const pictures = names.filter((name) => ENDINGS.test(name));
    if (pictures.length === 0) {
      const found = names.slice(0, 4).join(', ') || 'no file';
      throw new Error(`${folder}: expected pictures (.png, .jpg, .gif, .webp, .tif), got ${found}`);
    }
    examples.push(...pictures.map((name) => ({file: path.join(folder, name), label})));
  }
  return examples;
}

async function entriesOf(dir: string): Promise<{name: string; isFolder: boolean}[]> {
  try {
    const names = (await fs.readdir(dir)).filter((name) => !name.startsWith('.')).sort();
    // Of a link, what it leads to.
    return await Promise.all(
      names.map(async (name) => ({name, isFolder: (await fs.stat(path.join(dir, name))).isDirectory()})),
    );
  } catch (error) {
    throw new Error(`${dir}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  }
}
