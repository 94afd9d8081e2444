import path from 'node:path';
import {copyNotes} from '../../../lib/src/data/folder/copies';
import {findExamples, type Example, type ExamplesOptions} from '../../../lib/src/data/folder/examples';
import {pictures, tree} from './tree';

/** Tells what is found in a new folder of these files; names begin below it, and stand in the order of the alphabet. */
export function findIn(parent: string) {
  return (files: Parameters<typeof tree>[1], options?: ExamplesOptions) => found(tree(parent, files), options);
}

async function found(dir: string, options: ExamplesOptions = {}) {
  const examples = await findExamples(dir, options);
  const short = (name: string) => path.relative(dir, name);
  const names = (some?: Example[]) =>
    some?.map(({name, label}) => `${short(name)} ${examples.classNames[label]!}`).sort();
  const result = {
    classNames: examples.classNames,
    train: names(examples.train)!,
    validation: names(examples.validation),
    test: names(examples.test)!,
    skipped: examples.skipped.map(({file, reason}) => `${short(file)}: ${reason}`),
    notes: [...examples.notes, ...copyNotes(examples)].map((note) => note.replaceAll(`${dir}/`, '')),
  };
  examples.close();
  return result;
}

/** Pictures of the classes a and b below a folder. */
export const classes = (folder: string, many = 1) => [
  ...pictures(`${folder}/a`, many),
  ...pictures(`${folder}/b`, many),
];
