import path from 'node:path';
import {CallError} from '../../arguments/publicCall';
import {partOf, partsAmong, PARTS, type PartName} from './parts';
import type {Found, Walked} from './walk';

/** A picture whose class is known, and its part, where the folder has parts. */
export interface Labelled {
  picture: Found;
  className: string;
  part?: PartName;
}

/** Pictures sorted, and those that were passed over. */
export interface Sorted {
  labelled: Labelled[];
  passedOver: {picture: Found; reason: string}[];
  notes: string[];
}

/** Pictures by the first folder on their way from another. */
interface Level {
  /** A path that ends in /, or ''. */
  from: string;
  folders: Map<string, Found[]>;
  /** Those that lie in no folder below it. */
  loose: Found[];
}

function levelAt(from: string, pictures: readonly Found[]): Level {
  const folders = new Map<string, Found[]>();
  const loose: Found[] = [];
  for (const picture of pictures) {
    const [folder, ...rest] = picture.path.slice(from.length).split('/') as [string, ...string[]];
    if (rest.length === 0) loose.push(picture);
    else if (folders.has(folder)) folders.get(folder)!.push(picture);
    else folders.set(folder, [picture]);
  }
  return {from, folders, loose};
}

/** Into a folder that only wraps others: archives often have one, twice over. */
function unwrapped(level: Level): Level {
  const [only, ...others] = level.folders.keys();
  if (only === undefined || others.length > 0 || level.loose.length > 0 || partOf(only) === 'train') return level;
  const inner = unwrapped(levelAt(`${level.from}${only}/`, level.folders.get(only)!));
  const wraps =
    inner.loose.length === 0 && (inner.folders.size > 1 || partsAmong([...inner.folders.keys()]) !== undefined);
  return wraps ? inner : level;
}

/** The parts of a folder, where it has some: of each its pictures. */
interface Parts {
  level: Level;
  parts: Map<PartName, {folder: string; pictures: Found[]}>;
}

function partsOf(level: Level): Parts | undefined {
  const names = [...level.folders.keys()];
  if (names.length > 0 && names.every((name) => partOf(name) !== undefined && partOf(name) !== 'train')) {
    throw new CallError(`there are ${listed(names)}, but no folder 'train' with pictures to learn from`);
  }
  const known = partsAmong(names);
  if (known === undefined) {
    refuseParts(level);
    return undefined;
  }
  const parts: Parts['parts'] = new Map();
  for (const [folder, pictures] of level.folders) {
    const part = known.get(folder);
    if (part === undefined) continue;
    const other = parts.get(part);
    if (other !== undefined) {
      throw new CallError(`'${other.folder}' and '${folder}' are both called as the ${part} part is; leave one`);
    }
    parts.set(part, {folder, pictures});
  }
  return {level, parts};
}

/** @throws CallError where a folder beside `train` holds the same folders: they are parts, not classes, whatever it is called */
function refuseParts(level: Level): void {
  const [train] = [...level.folders.keys()].filter((folder) => partOf(folder) === 'train');
  if (train === undefined) return;
  const classes = foldersIn(level, train);
  for (const folder of level.folders.keys()) {
    const both =
      folder === train ? [] : foldersIn(level, folder).filter((name) => classes.includes(name) && !partOf(name));
    if (both.length < 2) continue;
    throw new CallError(
      `'${train}' and '${folder}' hold the same folders (${shortList(both)}), so they seem to be parts, not classes; ` +
        `rename '${folder}' to test or validation, or move it away`,
    );
  }
}

/** The folders next to a folder's pictures, or above them. */
function foldersIn({from, folders}: Level, folder: string): string[] {
  return [...levelAt(`${from}${folder}/`, folders.get(folder)!).folders.keys()];
}

/** What may have been meant otherwise, where the folders are taken for classes. */
function classNotes(level: Level): string[] {
  const names = [...level.folders.keys()];
  const inside = names.map((name) => foldersIn(level, name));
  const [first = []] = inside;
  const areAlike = inside.every((each) => each.length === first.length && each.every((name, i) => name === first[i]));
  if (names.length > 1 && first.length > 1 && areAlike) {
    return [
      `the classes are ${shortList(names)}, and each of them holds the folders ${shortList(first)}; if these are the ` +
        "classes, pass label: (path) => path.split('/').at(-2).",
    ];
  }
  const part = names.find((name, i) => partOf(name) !== undefined && inside[i]!.length > 1);
  if (part === undefined) return [];
  const others = shortList(names.filter((name) => name !== part));
  return [
    `'${part}' is taken for a class, with ${shortList(foldersIn(level, part))} in it, as it lies beside ${others}.`,
  ];
}

/** A picture's class is the folder it lies in, below the part's, at any depth. Names are compared in Unicode's form NFC. */
export function byFolder(dir: string, walked: Walked): Sorted {
  const level = unwrapped(levelAt('', walked.pictures));
  const notes = level.from === '' ? [] : [`the classes are the folders in ${level.from.slice(0, -1)}.`];
  const parts = partsOf(level);
  if (parts === undefined) {
    const sorted = partsBelow(classesIn(dir, level, walked), level);
    const isDivided = sorted.labelled.some(({part}) => part !== undefined);
    return {...sorted, notes: isDivided ? notes : [...notes, ...classNotes(level)]};
  }
  const labelled: Labelled[] = [];
  const passedOver = parts.level.loose.map((picture) => ({picture, reason: NO_CLASS}));
  for (const [part, {folder, pictures}] of parts.parts) {
    const classes = classesIn(dir, unwrapped(levelAt(`${level.from}${folder}/`, pictures)), walked);
    labelled.push(...classes.labelled.map((each) => ({...each, part})));
    passedOver.push(...classes.passedOver);
  }
  const beside = listed(PARTS.filter((part) => parts.parts.has(part)));
  for (const [folder, pictures] of level.folders) {
    if ([...parts.parts.values()].some((part) => part.folder === folder)) continue;
    passedOver.push(...pictures.map((picture) => ({picture, reason: `it lies beside ${beside}`})));
  }
  return {labelled, passedOver, notes};
}

/** Where each class has its own folders train and test, as in cat/train/1.png, these are the parts. */
function partsBelow(sorted: Omit<Sorted, 'notes'>, level: Level): Omit<Sorted, 'notes'> {
  const below = (picture: Found) => picture.path.slice(level.from.length).split('/').slice(1, -1)[0];
  const folders = [...level.folders.values()].map((pictures) => [
    ...new Set(pictures.map((each) => below(each) ?? '')),
  ]);
  const isDivided = folders.every(
    (names) => names.every((name) => partOf(name)) && names.some((name) => partOf(name) === 'train'),
  );
  if (!isDivided || !folders.some((names) => names.length > 1)) return sorted;
  return {...sorted, labelled: sorted.labelled.map((each) => ({...each, part: partOf(below(each.picture)!)!}))};
}

const NO_CLASS = "it lies in no class's folder";

function classesIn(dir: string, {from, folders, loose}: Level, walked: Walked): Omit<Sorted, 'notes'> {
  if (folders.size === 0) throw new CallError(noClass(dir, from, loose, walked));
  const empty = walked.folders.find((each) => {
    const name = each.slice(from.length);
    return each.startsWith(from) && !name.includes('/') && !folders.has(name);
  });
  if (empty !== undefined) {
    const folder = path.join(dir, empty);
    const found = walked.others.flatMap(({file}) => (path.dirname(file) === folder ? path.basename(file) : []));
    throw new CallError(
      `${folder}: expected pictures (.png, .jpg, .tif, …), got ${found.slice(0, 4).join(', ') || 'no file'}; ` +
        'remove the folder if it is no class',
    );
  }
  const labelled = [...folders].flatMap(([folder, pictures]) =>
    pictures.map((picture) => ({picture, className: folder.normalize('NFC')})),
  );
  return {labelled, passedOver: loose.map((picture) => ({picture, reason: NO_CLASS}))};
}

function noClass(dir: string, from: string, loose: readonly Found[], {folders, others}: Walked): string {
  const found = [
    ...(loose.length > 0
      ? [`${loose.length} pictures that lie in no folder (${shortList(loose.map(({path}) => path))})`]
      : []),
    ...(folders.length > 0 ? [`the folders ${shortList(folders)}`] : []),
    ...(others.length > 0
      ? [
          `${others.length} other ${others.length === 1 ? 'file' : 'files'} (${shortList(others.map(({file}) => path.basename(file)))})`,
        ]
      : []),
  ];
  const at = path.join(dir, from.slice(0, -1));
  return `${at}: expected a folder for each class, got ${found.join(', ') || 'nothing in it'}. Two layouts are read:
  ${dir}/healthy/1.png          ${dir}/train/healthy/1.png
  ${dir}/ill/2.png              ${dir}/test/ill/2.png
Or say what each picture is: labels: 'labels.csv', a table of files and classes, or label: (path) => …, from its path`;
}

/** What each picture is, said by a table or by a function of its path; its part is still told by the folder. */
export function byLabel(
  pictures: readonly Found[],
  labelOf: (picture: Found) => string | undefined,
  none = 'it has no label',
): Sorted {
  const parts = partsOf(unwrapped(levelAt('', pictures)))?.parts;
  const partOfPicture = new Map<Found, PartName>();
  for (const part of PARTS) for (const picture of parts?.get(part)?.pictures ?? []) partOfPicture.set(picture, part);
  const sorted: Sorted = {labelled: [], passedOver: [], notes: []};
  for (const picture of pictures) {
    const className = labelOf(picture);
    if (className === undefined) sorted.passedOver.push({picture, reason: none});
    else sorted.labelled.push({picture, className, part: partOfPicture.get(picture)});
  }
  // What lies outside the parts is to train on, if anything is not.
  if (parts !== undefined) for (const each of sorted.labelled) each.part ??= 'train';
  return sorted;
}

/** a, b and c. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

export function shortList(names: readonly string[], most = 4): string {
  return names.length > most ? `${names.slice(0, most).join(', ')}, …` : names.join(', ');
}
