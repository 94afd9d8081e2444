/** Which pictures a folder has, of which classes, and which of them are to train on: all that can be said before reading one. */
import fs from 'node:fs';
import path from 'node:path';
import {CallError} from '../../arguments/publicCall';
import {describe} from '../../arguments/describe';
import {optional, type OptionalKind} from '../../arguments/schema';
import {file as filePath, oneOf, share, wholeNumber} from '../../arguments/kinds';
import type {Skipped} from '../imageDataset';
import {byFolder, byLabel, type Sorted} from './byFolder';
import {sharesKind, type Shares} from '../shares';
import {readLabelTable} from './labelTable';
import {divide} from './divide';
import {openFolder} from './openFolder';
import {walk, type Found, type Walked} from './walk';

/** A picture's file and the number of its class. */
export interface Example {
  /** Where to read it. */
  file: string;
  /** What to call it: the same path, or, of a .zip, the archive's with the path in it. */
  name: string;
  label: number;
}

/** Options that say which pictures are what. */
export interface ExamplesOptions {
  /**
   * A table that says what each picture is: CSV with a column of file names and one of classes, in any order, with a header
   * or without; its path, from the folder or from where the program runs. Default: the folder a picture lies in says it.
   */
  labels?: string;
  /** What each picture is, from its path in the folder: `(path) => path.split('-')[0]`. The path has / on every system. */
  label?: (path: string) => string;
  /**
   * Which pictures belong together, from their paths, as for `label`: those of one patient, animal or plate. Pictures of one
   * group are never divided between training, validation and test.
   */
  group?: (path: string) => string;
  /**
   * Shares, from 0 to 1, that are kept for validation and for the test where the folder has no part for them. Default: no
   * validation, and 0.2 for the test.
   */
  split?: Partial<Shares>;
  /**
   * The share that is kept for the test.
   *
   * @deprecated Write `split: {test: 0.2}`.
   */
  testSplit?: number;
  /** Decides which pictures these are, and the order of all. Default 1. */
  seed?: number;
  /** What to do with a picture that can't be read: stop with an error, or leave it out. Default 'refuse'. */
  damaged?: 'refuse' | 'skip';
}

const ofPath: OptionalKind = optional({
  expected: 'a function of the path, such as (path) => path.slice(0, 3)',
  fits: (value) => typeof value === 'function',
});

/** What the options may be. */
export const examplesOptions: Record<keyof ExamplesOptions, OptionalKind> = {
  labels: optional(filePath),
  label: ofPath,
  group: ofPath,
  split: optional(sharesKind),
  testSplit: optional(share),
  seed: optional(wholeNumber),
  damaged: optional(oneOf('refuse', 'skip')),
};

/** What was found. */
export interface FolderExamples {
  classNames: string[];
  train: Example[];
  validation?: Example[];
  test: Example[];
  /** What was passed over. */
  skipped: Skipped[];
  /** What the reader should know, as sentences. */
  notes: string[];
  /** To be called when all pictures are read. */
  close: () => void;
}

/**
 * Finds the pictures of a folder or a .zip, their classes, and what they are for.
 *
 * A folder's parts are known by name, in any case: train or training; valid, validation or val; test or testing. A part
 * that isn't there is drawn from the training part by the shares of `split`, of each class alike.
 *
 * @throws CallError when there is no class, too many, one without pictures, one that the training part lacks; when a picture
 *   can't be read (unless damaged is 'skip'); when a group stands in two parts
 */
export async function findExamples(dir: string, options: ExamplesOptions): Promise<FolderExamples> {
  const {labels, label, damaged = 'refuse'} = options;
  if (labels !== undefined && label !== undefined)
    throw new CallError('labels and label both say what a picture is; give one');
  const opened = await openFolder(dir);
  try {
    const walked = await walk(opened.dir, dir);
    const {labelled, passedOver, missing, notes} = await sort(dir, opened.dir, walked, options);
    const gone = [...walked.unreadable, ...missing];
    if (gone.length > 0 && damaged === 'refuse') {
      const others = gone.length > 1 ? ` (and ${gone.length - 1} more)` : '';
      throw new CallError(`${gone[0]!.file}: ${gone[0]!.reason}${others}; fix it, remove it, or pass damaged: 'skip'`);
    }
    const divided = divide(labelled, options);
    const {train, validation, test} = divided.parts;
    const skipped = [
      ...walked.others,
      ...gone,
      ...passedOver.map(({picture, reason}) => ({file: picture.name, reason})),
    ];
    return {
      classNames: divided.classNames,
      train,
      test,
      ...(validation && {validation}),
      skipped,
      notes: [...notes, ...divided.notes],
      close: opened.close,
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

async function sort(
  dir: string,
  openedDir: string,
  walked: Walked,
  {labels, label}: ExamplesOptions,
): Promise<Sorted & {missing: Skipped[]}> {
  const {pictures} = walked;
  if (labels === undefined && label === undefined) return {...byFolder(dir, walked), missing: []};
  if (pictures.length === 0) throw new CallError(`${dir}: there is no picture in it, at any depth`);
  if (label !== undefined) return {...byLabel(pictures, (picture) => textOf(label, 'label', picture)), missing: []};
  const inside = path.join(openedDir, labels!);
  const table = await readLabelTable(fs.existsSync(inside) ? inside : labels!, pictures);
  const sorted = byLabel(pictures, table.labelOf, `${path.basename(labels!)} doesn't name it`);
  for (const each of sorted.labelled) each.part = table.partOf(each.picture) ?? each.part;
  sorted.notes.push(...table.notes);
  // The table itself is no picture, and was not passed over.
  walked.others = walked.others.filter(({file}) => file !== path.join(dir, labels!));
  return {...sorted, missing: table.missing};
}

/** What a function of the reader's says of a picture's path. */
export function textOf(f: (path: string) => string, name: string, {path: at}: Found): string {
  const text: unknown = f(at);
  if (typeof text === 'string' && text !== '') return text;
  throw new CallError(`${name} must return a text for every picture, got ${describe(text)} for '${at}'`);
}
