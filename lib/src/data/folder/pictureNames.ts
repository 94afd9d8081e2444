import {partOf} from './parts';
import {ENDING} from './pictureFiles';
import type {Found} from './walk';

/** The picture that a name stands for. */
export interface Match {
  picture: Found | 'several';
  /**
   * Where only the ends of the name and of the picture's path are the same, what stands in front of them: `old` in the name
   * and `new` on the disk. Undefined when the one is an end of the other, so that nothing speaks against it.
   */
  instead?: readonly [named: string, there: string];
}

export type Find = (name: string) => Match | undefined;

/**
 * Finds pictures by names as tables have them: with folders in front that aren't here or without some that are, with
 * backslashes, with another ending or none, in capitals or not.
 */
export function pictureFinder(pictures: readonly Found[]): Find {
  // By the whole path, without its ending, and in small letters: what is written exactly goes first.
  const paths = SPELLINGS.map(() => new Map<string, Found | 'several'>());
  const ends = new Map<string, {picture: Found | 'several'; isWhole: boolean}>();
  for (const picture of pictures) {
    const path = picture.path.normalize('NFC');
    for (const [i, spelling] of spellingsOf(path).entries()) {
      paths[i]!.set(spelling, paths[i]!.has(spelling) ? 'several' : picture);
      endsOf(spelling).forEach((end, i) => {
        const other = ends.get(end)?.picture ?? picture;
        ends.set(end, {picture: other === picture ? picture : 'several', isWhole: i === 0});
      });
    }
  }
  return (name) => {
    const plain = name.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
    const spellings = spellingsOf(plain);
    for (const [i, spelling] of spellings.entries()) {
      const same = paths[i]!.get(spelling);
      if (same !== undefined) return {picture: same};
    }
    let partly: Match | undefined;
    for (const spelling of spellings) {
      for (const [i, end] of endsOf(spelling).entries()) {
        const found = ends.get(end);
        if (found === undefined) continue;
        if (i === 0 || (found.isWhole && found.picture !== 'several')) return {picture: found.picture};
        if (found.picture === 'several') break;
        const there = found.picture.path.normalize('NFC');
        partly ??= {picture: found.picture, instead: beforeEnd(plain, there)};
        break;
      }
    }
    return partly;
  };
}

/**
 * What all names of a table find. A folder may have another name here than in the table, if it is the same for all; but
 * `train/3.png` never stands for `test/3.png`, nor for `b/3.png` where other names fit as they are.
 */
export function trusted(matches: readonly (Match | undefined)[]): (match: Match | undefined) => Match | undefined {
  const renamed = new Set(matches.flatMap((match) => (match?.instead ? [match.instead.join('\n')] : [])));
  const asTheyAre = matches.some((match) => match !== undefined && match.instead === undefined);
  const isRenamed = !asTheyAre && renamed.size === 1;
  return (match) => {
    if (match?.instead === undefined) return match;
    const [named, there] = match.instead.map((folders) => partOf(folders.split('/').at(-1)!));
    return isRenamed && (named === undefined || there === undefined || named === there) ? match : undefined;
  };
}

const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.replace(ENDING, ''),
  (name) => name.replace(ENDING, '').toLowerCase(),
];

function spellingsOf(name: string): string[] {
  return SPELLINGS.map((spell) => spell(name));
}

/** a/b/c, b/c and c. */
function endsOf(name: string): string[] {
  const folders = name.split('/');
  return folders.map((_, i) => folders.slice(i).join('/')).filter((end) => end !== '');
}

/** Without the folders that both have next to the file's name, and without that. */
function beforeEnd(named: string, there: string): [string, string] {
  const [one, other] = [named, there].map((path) => path.split('/').slice(0, -1)) as [string[], string[]];
  while (one.length > 0 && one.at(-1) === other.at(-1)) {
    one.pop();
    other.pop();
  }
  return [one.join('/'), other.join('/')];
}
