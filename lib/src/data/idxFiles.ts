// The files of an IDX data set, found by their names.
import fs from 'node:fs/promises';
import path from 'node:path';
import {CallError} from '../arguments/publicCall';

/** What a folder holds. */
export interface IdxFiles {
  /** What to call it. */
  dir: string;
  /** Where it is. */
  inside: string;
  /** Of its files, as paths in it. */
  names: string[];
}

const NAME = /(^|[-_.])(images|labels)([-_.].*)?$/;
/** MNIST/raw is two folders deep. */
const DEEPEST = 2;

/** @throws CallError when it can't be read, or none of its files begins with the prefix */
export async function idxFiles(dir: string, inside: string, prefix = ''): Promise<string[]> {
  const names = await listed(dir, inside);
  const files = names.filter((name) => path.basename(name).startsWith(prefix));
  if (files.length > 0 || prefix === '') return files;
  throw new CallError(
    `no file in ${dir} begins with the prefix '${prefix}'; it holds ${names.slice(0, 8).join(', ') || 'nothing'}`,
  );
}

/** What is in the folder itself, unless the data set lies in those below. */
async function listed(dir: string, inside: string): Promise<string[]> {
  try {
    const names = (await fs.readdir(inside)).sort();
    if (names.some((name) => NAME.test(name))) return names;
    const below = await filesBelow(inside, '', DEEPEST);
    return below.length > 0 ? below.sort() : names;
  } catch (error) {
    throw new CallError(`can't read the folder ${dir} (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

async function filesBelow(inside: string, place: string, deeper: number): Promise<string[]> {
  const entries = await fs.readdir(path.join(inside, place), {withFileTypes: true});
  const files = entries.filter((entry) => !entry.isDirectory() && NAME.test(entry.name));
  const folders = entries.filter((entry) => entry.isDirectory() && !/^(\.|__MACOSX$)/.test(entry.name));
  const found = files.map(({name}) => path.join(place, name));
  for (const {name} of deeper > 0 ? folders : []) {
    found.push(...(await filesBelow(inside, path.join(place, name), deeper - 1)));
  }
  return found;
}

/** @throws CallError when it is missing, or there are several */
export function findIdxFile({dir, names}: IdxFiles, part: string, kind: 'images' | 'labels'): string {
  const pattern = new RegExp(`(^|[-_.])(${part})[-_.]${kind}([-_.].*)?$`);
  const [found, ...others] = names.filter((name) => pattern.test(path.basename(name)));
  if (found === undefined) {
    const example = `${part.replace(/\|.*/, '')}-${kind}-idx${kind === 'images' ? 3 : 1}-ubyte`;
    throw new CallError(
      `no file like ${example} or ${example}.gz in ${dir}; it holds ${names.slice(0, 8).join(', ') || 'nothing'}`,
    );
  }
  // The same file zipped and unzipped side by side is one file.
  const doubts = others.filter((name) => name.replace(/\.gz$/, '') !== found);
  if (doubts.length > 0) {
    const candidates = [found, ...doubts];
    const prefix = candidates
      .map((name) => path.basename(name).replace(/[-_.]?(train|t10k|test)[-_.].*$/, ''))
      .find((each) => each !== '');
    throw new CallError(
      `${dir} has several candidates, ${candidates.join(', ')}; keep one data set a folder` +
        (prefix === undefined ? '' : `, or say which: prefix: '${prefix}'`),
    );
  }
  return found;
}
