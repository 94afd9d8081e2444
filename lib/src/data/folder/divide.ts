import {CallError} from '../../arguments/publicCall';
import {sharesToDraw} from '../shares';
import {split} from '../split';
import {listed, shortList, type Labelled} from './byFolder';
import {textOf, type Example, type ExamplesOptions} from './examples';
import {PARTS, type PartName} from './parts';

/** The parts of a set, and what the numbers of its classes mean. */
interface Divided {
  classNames: string[];
  parts: {train: Example[]; validation?: Example[]; test: Example[]};
  notes: string[];
}

/** A label is a byte. */
const MOST_CLASSES = 256;

/** Numbers the classes, takes the parts that are there, and draws the others from the training part. */
export function divide(labelled: readonly Labelled[], options: ExamplesOptions): Divided {
  const {seed = 1} = options;
  const given = (part: PartName) => labelled.filter((each) => each.part === part);
  const inParts = labelled.some(({part}) => part !== undefined);
  const [validation, test] = [given('validation'), given('test')];
  const toDivide = inParts ? given('train') : [...labelled];
  if (toDivide.length === 0) throw new CallError('no picture to train on has a class');
  const {classNames, numberOf} = classesOf(toDivide, options);
  checkClasses(classNames, {validation, test});
  const notes = [...countNotes(classNames, toDivide.length), ...inOtherCase(classNames)];
  const groups = groupsOf(labelled, options);
  const shares = sharesOf(options, {validation: validation.length > 0, test: test.length > 0});
  const drawn = split(toDivide.map(numberOf), shares, seed, groups && toDivide.map((each) => groups.get(each)!));
  const examples = (list: readonly Labelled[]) =>
    list.map((each): Example => ({file: each.picture.file, name: each.picture.name, label: numberOf(each)}));
  const picked = (positions: number[]) => examples(positions.map((i) => toDivide[i]!));
  const parts: Divided['parts'] = {
    train: picked(drawn.train),
    test: test.length > 0 ? examples(test) : picked(drawn.test),
    ...(validation.length > 0 || shares.validation > 0
      ? {validation: validation.length > 0 ? examples(validation) : picked(drawn.validation)}
      : {}),
  };
  notes.push(...missingClasses(classNames, parts));
  if (validation.length > 0 && test.length === 0 && shares.test > 0) {
    notes.push(
      `there is no test part: ${parts.test.length} pictures of train are kept for it; split: {test: 0} keeps none.`,
    );
  }
  if (shares.test > 0 && parts.test.length === 0) {
    notes.push(`there are too few pictures for a test: a share of ${shares.test} of each class, or group, is none.`);
  }
  return {classNames, parts, notes};
}

function classesOf(labelled: readonly Labelled[], {labels}: ExamplesOptions) {
  const classNames = [...new Set(labelled.map(({className}) => className))].sort();
  // Folders are sorted as Keras sorts them, and that is 1, 10, 2; numbers in a table are numbers.
  if (labels !== undefined && classNames.every((name) => /^\d+$/.test(name))) {
    classNames.sort((a, b) => Number(a) - Number(b));
  }
  if (classNames.length > MOST_CLASSES) {
    throw new CallError(
      `expected at most ${MOST_CLASSES} classes, got ${classNames.length} (${shortList(classNames)}); ` +
        'labels are bytes: leave some classes out, or put several into one with label: (path) => …',
    );
  }
  const numbers = new Map(classNames.map((name, i) => [name, i]));
  return {classNames, numberOf: ({className}: Labelled) => numbers.get(className)!};
}

/** @throws CallError for a class of a part that is there and that train has no picture of. */
function checkClasses(classNames: readonly string[], parts: {validation: Labelled[]; test: Labelled[]}): void {
  for (const [part, labelled] of Object.entries(parts)) {
    const unknown = labelled.find(({className}) => !classNames.includes(className))?.className;
    if (unknown === undefined) continue;
    const like = classNames.find((name) => name.toLowerCase() === unknown.toLowerCase());
    throw new CallError(
      `${part} has pictures of '${unknown}', and train has none, so it can't be learnt; ` +
        (like === undefined ? `train has ${shortList(classNames, 8)}` : `train has '${like}': write both alike`),
    );
  }
}

/** What to say of parts that lack a class, whether they were there or were drawn: whole groups, or a single picture, may. */
function missingClasses(classNames: readonly string[], parts: Divided['parts']): string[] {
  return Object.entries(parts).flatMap(([part, examples]) => {
    const there = new Set(examples.map(({label}) => label));
    const missing = classNames.filter((_, label) => !there.has(label));
    if (examples.length === 0 || missing.length === 0) return [];
    return [`${part} has no picture of ${shortList(missing)}${part === 'train' ? ": it can't be learnt" : ''}.`];
  });
}

/** So few pictures may be of as many classes. */
const FEW = 4;

/** What to say of classes that are too few, or so many that they aren't classes: numbers of rows, or values to be estimated. */
function countNotes(classNames: readonly string[], pictures: number): string[] {
  if (classNames.length === 1) return [`there is only one class, ${classNames[0]!}: nothing to tell apart.`];
  if (classNames.length < pictures || pictures <= FEW) return [];
  return [
    `each of the ${pictures} pictures has a class of its own (${shortList(classNames)}): nothing can be learnt from one and ` +
      'asked of another.',
  ];
}

function inOtherCase(classNames: readonly string[]): string[] {
  return classNames.flatMap((name, i) => {
    const other = classNames.slice(0, i).find((each) => each.toLowerCase() === name.toLowerCase());
    return other === undefined
      ? []
      : [`the classes '${other}' and '${name}' differ in capitals alone; if they are one, write both alike.`];
  });
}

function groupsOf(labelled: readonly Labelled[], {group}: ExamplesOptions): Map<Labelled, string> | undefined {
  if (group === undefined) return undefined;
  const groups = new Map(labelled.map((each) => [each, textOf(group, 'group', each.picture)]));
  const home = new Map<string, Labelled>();
  for (const [each, name] of groups) {
    const other = home.get(name) ?? each;
    home.set(name, other);
    if (other.part !== each.part) {
      const parts = PARTS.filter((part) => part === each.part || part === other.part);
      throw new CallError(
        `group '${name}' stands in ${listed(parts)}: ${other.picture.name} and ${each.picture.name}; ` +
          'move its pictures into one part, or put all parts together and let split divide them',
      );
    }
  }
  return groups;
}

// eslint-disable-next-line @typescript-eslint/no-deprecated -- readers' notebooks may use it
function sharesOf({split: shares, testSplit}: ExamplesOptions, isThere: {validation: boolean; test: boolean}) {
  if (shares !== undefined && testSplit !== undefined) {
    throw new CallError('split and testSplit both say what is kept for the test; give split alone');
  }
  return sharesToDraw(shares ?? {test: testSplit}, {
    validation: isThere.validation ? 'the folder has a validation part' : undefined,
    test: isThere.test ? 'the folder has a test part' : undefined,
  });
}
