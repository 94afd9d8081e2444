/** Data sets of four IDX files that are known to the last bit: found on the disk, or downloaded once. */
import crypto from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {CallError} from '../arguments/publicCall';
import {writeWhole} from '../files/atomic';
import {download} from '../files/download';
import {inWords} from '../files/errors';
import {gunzip, readUnzipped} from '../files/gzip';
import {reporterFor, type Verbosity} from '../progress/reporter';
import * as idx from './idx';
import {ImageSet} from './imageSet';

/** SHA-256 of each file, unzipped: however it was zipped, and from wherever it came. */
export interface Digests {
  'train-images-idx3-ubyte': string;
  'train-labels-idx1-ubyte': string;
  't10k-images-idx3-ubyte': string;
  't10k-labels-idx1-ubyte': string;
}
type FileName = keyof Digests;

/**
 * Loads the four files from a folder, zipped (`.gz`) or not.
 *
 * @throws CallError when a file is missing or isn't the original
 */
export async function loadIdxDataset(dir: string, digests: Digests): Promise<{train: ImageSet; test: ImageSet}> {
  // One after the other: what is wrong is named in this order, and the training images take nearly all the time.
  const loadSet = async (imageFile: FileName, labelFile: FileName) => {
    const images = await readOriginal(dir, imageFile, digests);
    const labels = await readOriginal(dir, labelFile, digests);
    // Bytes, as their digests say.
    return new ImageSet(images.data as Uint8Array, images.shape, labels.data as Uint8Array);
  };
  const train = await loadSet('train-images-idx3-ubyte', 'train-labels-idx1-ubyte');
  const test = await loadSet('t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte');
  return {train, test};
}

async function readOriginal(dir: string, name: FileName, digests: Digests): Promise<idx.IdxArray> {
  const file = await findFile(dir, name);
  if (file === undefined) throw new CallError(`there is neither ${name} nor ${name}.gz in ${dir}`);
  const bytes = await readUnzipped(file).catch((error: unknown) => {
    throw new CallError(`can't read ${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  });
  const found = digest(bytes);
  if (found !== digests[name]) {
    throw new CallError(
      `${file} isn't the original: expected SHA-256 ${digests[name].slice(0, 12)}…, got ${found.slice(0, 12)}…; ` +
        `get it again, or use idx.load for a data set of your own`,
    );
  }
  return idx.parse(bytes, name);
}

async function findFile(dir: string, name: FileName): Promise<string | undefined> {
  for (const file of [path.join(dir, name), path.join(dir, `${name}.gz`)]) {
    if (await isThere(file)) return file;
  }
  return undefined;
}

/** Whether a folder has all four files, whatever is in them. */
export async function hasIdxDataset(dir: string, digests: Digests): Promise<boolean> {
  const found = await Promise.all(Object.keys(digests).map((name) => findFile(dir, name as FileName)));
  return found.every((file) => file !== undefined);
}

async function isThere(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

/** Where a data set can be downloaded from. */
export interface Source {
  /** Addresses of folders that hold the four files as .gz: tried in turn. */
  addresses: readonly string[];
  /** Of all four .gz files together. */
  megabytes: number;
}

/** More than any of the files has, zipped or not. */
const LONGEST = 2 ** 26;

/**
 * Downloads what is missing of the four files into a folder. A file appears there whole and checked, or not at all.
 *
 * @throws Error, with the reason of each address, when none gives a file
 */
export async function downloadIdxDataset(
  name: string,
  dir: string,
  digests: Digests,
  {addresses, megabytes}: Source,
  verbose: Verbosity = 1,
): Promise<void> {
  const reporter = reporterFor(verbose);
  const start = performance.now();
  let done = 0;
  const progress = (received: number) => {
    const batch = Math.min(Math.round((done + received) / 1e6), megabytes);
    reporter.progress({batch, batches: megabytes, unit: 'MB', seconds: (performance.now() - start) / 1000, logs: {}});
  };
  try {
    await fs.mkdir(dir, {recursive: true});
    for (const [file, expected] of Object.entries(digests) as [FileName, string][]) {
      if ((await findFile(dir, file)) !== undefined) continue;
      const bytes = await firstGood(`${file}.gz`, expected, addresses, progress);
      await writeWhole(path.join(dir, `${file}.gz`), bytes);
      done += bytes.length;
    }
    if (done > 0) reporter.line(`${name}: downloaded ${(done / 1e6).toFixed(1)} MB, kept for the next time`);
  } finally {
    reporter.end();
  }
}

async function firstGood(
  file: string,
  expected: string,
  addresses: readonly string[],
  onProgress: (received: number) => void,
): Promise<Uint8Array> {
  const reasons: string[] = [];
  for (const folder of addresses) {
    const address = folder.replace(/\/*$/, '/');
    try {
      const bytes = await download(address + file, {longest: LONGEST, onProgress});
      const found = digest(await gunzip(bytes, address + file, LONGEST));
      if (found === expected) return bytes;
      throw new Error(`${address}${file}: expected SHA-256 ${expected.slice(0, 12)}…, got ${found.slice(0, 12)}…`);
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(reasons.join('; '));
}

function digest(bytes: Uint8Array): string {
  return crypto.createHash('sha256').update(bytes).digest('hex');
}
