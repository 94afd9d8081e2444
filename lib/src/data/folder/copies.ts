import crypto from 'node:crypto';
import fs from 'node:fs';

/**
 * Which files of one list are in another, too, byte for byte: pairs of both. Only files of one length are read.
 * What can't be read is nobody's copy.
 */
export function copies(files: readonly string[], others: readonly string[]): [file: string, other: string][] {
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
