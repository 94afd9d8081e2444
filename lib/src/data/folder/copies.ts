import crypto from 'node:crypto';
import fs from 'node:fs';
import type {ImageSet} from '../imageSet';
import type {Pixels} from '../pixels';
import type {Example} from './examples';

/** Examples of the parts of a data set. */
interface Parts {
  train: readonly Example[];
  validation?: readonly Example[] | undefined;
  test: readonly Example[];
}

/** Notes on pictures that are in the training part and in another, byte for byte. */
export function copyNotes({train, validation = [], test}: Parts): string[] {
  const learnt = new Map(train.map(({file, name}) => [file, name]));
  return Object.entries({validation, test}).flatMap(([part, examples]) => {
    const shown = new Map(examples.map(({file, name}) => [file, name]));
    const found = copies([...shown.keys()], [...learnt.keys()]);
    if (found.length === 0) return [];
    const [file, other] = found[0]!;
    const [one, learntOne] = [shown.get(file)!, learnt.get(other)!];
    const more =
      found.length > 1
        ? `${found.length} pictures of ${part} are in train, too, byte for byte: ${one} is ${learntOne}, and so on`
        : `${one} (${part}) is ${learntOne} (train), byte for byte`;
    return [`${more}; what was memorised is no measure of what was learnt.`];
  });
}

/** Pictures that were read, and their names. */
interface Seen {
  set: ImageSet;
  files: readonly string[];
}

/**
 * Of these examples those that look as if they were in both lists: only their files need to be compared.
 *
 * @param seen what was read of them, by their names
 */
export function alike(examples: readonly Example[], seen: Seen, others: readonly Seen[]): Example[] {
  const prints = new Set(others.flatMap(fingerprints));
  const own = fingerprints(seen);
  const names = new Set(seen.files.filter((_, i) => prints.has(own[i]!)));
  return names.size === 0 ? [] : examples.filter(({name}) => names.has(name));
}

function fingerprints({set}: Seen): number[] {
  return Array.from({length: set.length}, (_, i) => fingerprint(set.image(i)));
}

/** So many of a picture's values are looked at. */
const SAMPLES = 64;

/** A number of 32 bits, after Fowler, Noll and Vo: equal for equal pictures, and hardly ever for others. */
function fingerprint(pixels: Pixels): number {
  const step = Math.max(1, Math.floor(pixels.length / SAMPLES));
  let hash = 0x811c9dc5;
  for (let i = 0; i < pixels.length; i += step) hash = Math.imul(hash ^ (pixels[i]! * 257), 0x01000193);
  return hash;
}

/**
 * Which files of one list are in another, too, byte for byte: pairs of both. Only files of one length are read.
 * What can't be read is nobody's copy.
 */
function copies(files: readonly string[], others: readonly string[]): [file: string, other: string][] {
  const byLength = new Map<number, string[]>();
  for (const other of others) {
    const length = lengthOf(other);
    if (byLength.has(length)) byLength.get(length)!.push(other);
    else byLength.set(length, [other]);
  }
  const digests = new Map<number, Map<string, string>>();
  const digestsOf = (length: number) => {
    const known = digests.get(length) ?? new Map((byLength.get(length) ?? []).map((other) => [digest(other), other]));
    digests.set(length, known);
    return known;
  };
  return files.flatMap((file): [string, string][] => {
    const length = lengthOf(file);
    if (length <= 0 || !byLength.has(length)) return [];
    const other = digestsOf(length).get(digest(file));
    return other === undefined || other === '' ? [] : [[file, other]];
  });
}

// One call after the other: for many small files this is several times as fast as promises.
function lengthOf(file: string): number {
  return fs.statSync(file, {throwIfNoEntry: false})?.size ?? -1;
}

function digest(file: string): string {
  try {
    return crypto.createHash('sha256').update(fs.readFileSync(file)).digest('base64');
  } catch {
    return file;
  }
}
