/** Pictures in a table, as Kaggle has its digits and its sign language: a row for each, with its class and its pixels. */
import path from 'node:path';
import {count, file as filePath, notNegativeWhole, text, texts, wholeNumber} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf, type Kind} from '../arguments/schema';
import {refuseForeign} from '../files/foreign';
import {datasetOf, type ArrayPair} from './arrays';
import {readPixelTable, type PixelTable} from './pixelTable';
import {shortList} from './folder/byFolder';
import type {PartName} from './folder/parts';
import type {ImageDataset} from './imageDataset';
import {warn} from './warnings';
import {emptyLike, type Pixels} from './pixels';
import {sharesKind, sharesToDraw, type Shares} from './shares';

/** Options of {@link load}. */
export interface CsvOptions {
  /** The table of the test, in the form of the first. Default: a fifth of the first is kept for it. */
  test?: string;
  /** Shares, from 0 to 1, that are kept for validation and for the test. Default: no validation, and 0.2 for the test. */
  split?: Partial<Shares>;
  /** Decides which pictures these are. Default 1. */
  seed?: number;
  /**
   * The column with the classes, by its header or its number, counted from 0. Default: the one called `label`, `class` or the
   * like, else the first or the last.
   */
  label?: string | number;
  /** Of each picture, [height, width] or [height, width, channels]. Default: square, in grey or in colour. */
  shape?: readonly number[];
  /** What to call the data set; the file's name when left out. */
  name?: string;
  /** What the classes are called. Default: their numbers, or, where the table has words for them, these. */
  classNames?: string[];
}

/**
 * Loads pictures from a table with a row for each picture: a column with its class and one for each of its pixels, row by
 * row, with a header or without; commas, semicolons or tabs. Or all pixels stand in one column called `pixels`, with spaces
 * between, as FER2013 has them. A column `split`, `set`, `partition` or `Usage` says which rows are to train on, to validate
 * and to test with. Without a header the classes stand first or last, which their values tell, and a note says so. Whole numbers up to 255 become bytes, up to 65535 numbers of 16
 * bits, all others floats. Classes are numbers from 0, or words.
 *
 * @param file the table's path
 * @param options the test's table, or which share to keep; the pictures' shape
 * @returns the training part and the test, and a validation where it was asked for
 * @throws Error when the file can't be read, a cell is no number, rows differ in length, or the shape isn't clear
 * @example
 * const digits = await csv.load('train.csv'); // label,pixel0,…,pixel783
 * const letters = await csv.load('letters.csv', {label: 784}); // without a header, the classes last
 * const signs = await csv.load('sign_mnist_train.csv', {test: 'sign_mnist_test.csv'});
 */
export function load(file: string, options: CsvOptions = {}): Promise<ImageDataset> {
  return publicCall('csv.load', async () => {
    checkArguments({file, options}, {file: filePath, options: loadOptions});
    const {test, split, seed = 1, name = path.basename(file).replace(/\.\w+$/, '')} = options;
    const first = await readTable(file, options);
    const own = partsOf(first);
    const column = (part: PartName) => own[part] && `${file}: a column says what is ${part}`;
    const shares = sharesToDraw(split, {
      validation: column('validation'),
      test: test === undefined ? column('test') : 'test names the table of the test',
    });
    const tables = [first, ...(test === undefined ? [] : [await readTable(test, options, first)])];
    const parts = {...own, ...(test !== undefined && {test: tables[1]})};
    const words = tables.some(({classes}) => classes.some((each) => !/^\d+$/.test(each)));
    tables.forEach(checkNumbers);
    const found = [...new Set(tables.flatMap(({classes}) => classes))].sort();
    const classNames = options.classNames ?? (words ? found : undefined);
    const numberOf = new Map(found.map((each) => [each, words ? (classNames ?? found).indexOf(each) : Number(each)]));
    const unknown = found.find((each) => numberOf.get(each) === -1);
    if (unknown !== undefined) throw new CallError(`'${unknown}' is none of the classNames`);
    const depth = widest(tables.flatMap(({rows}) => rows));
    const pair = (table: PixelTable | undefined) => table && pairOf(table, depth, numberOf, options.shape);
    const {dataset, notes} = datasetOf(
      {train: pair(parts.train)!, validation: pair(parts.validation), test: pair(parts.test)},
      {name, classNames},
      {shares, seed},
    );
    warn([...tables.flatMap((table) => table.notes), ...(words ? unlearntNotes(parts) : []), ...notes]);
    return dataset;
  });
}

const loadOptions = optionsOf<CsvOptions>({
  test: optional(filePath),
  split: optional(sharesKind),
  seed: optional(wholeNumber),
  label: optional({
    expected: "a column's header or its number, from 0",
    fits: (value) => text.fits(value) || notNegativeWhole.fits(value),
  } satisfies Kind),
  shape: optional({
    expected: '[height, width] or [height, width, channels]',
    fits: (value) => Array.isArray(value) && (value.length === 2 || value.length === 3) && value.every(count.fits),
  } satisfies Kind),
  name: optional(text),
  classNames: optional(texts),
});

async function readTable(file: string, {label}: CsvOptions, like?: PixelTable): Promise<PixelTable> {
  await refuseForeign(file);
  return readPixelTable(file, label, like);
}

/** The table's parts, where a column of it says them. */
function partsOf(table: PixelTable): {train: PixelTable; validation?: PixelTable; test?: PixelTable} {
  const {parts, classes, rows} = table;
  if (parts === undefined) return {train: table};
  const only = (part: PartName): PixelTable => ({
    ...table,
    classes: classes.filter((_, i) => parts[i] === part),
    rows: rows.filter((_, i) => parts[i] === part),
  });
  return {
    train: only('train'),
    ...(parts.includes('validation') && {validation: only('validation')}),
    ...(parts.includes('test') && {test: only('test')}),
  };
}

/** What to say of words that are classes of a part, and none to learn from: they may be written otherwise there. */
function unlearntNotes({train, ...others}: Partial<Record<PartName, PixelTable>>): string[] {
  const learnt = new Set(train?.classes);
  return Object.entries(others).flatMap(([part, table]) => {
    const unknown = [...new Set(table.classes)].filter((each) => !learnt.has(each)).sort();
    return unknown.length === 0
      ? []
      : [`${part} has pictures of ${shortList(unknown)}, and train has none, so that can't be learnt.`];
  });
}

/** A class may be a word, but -1 or 0.5 is none. */
function checkNumbers({file, classes}: PixelTable): void {
  const wrong = classes.find((each) => !/^\d+$/.test(each) && !Number.isNaN(Number(each)));
  if (wrong === undefined) return;
  throw new CallError(
    `${file}: the column of the classes holds ${wrong}; expected whole numbers from 0, or words: is it another column? ` +
      "Its header goes into label: '…'",
  );
}

/** Of several rows one that has the depth which holds all. */
function widest(rows: readonly Pixels[]): Pixels {
  return rows.reduce((widest, row) => (row.BYTES_PER_ELEMENT > widest.BYTES_PER_ELEMENT ? row : widest));
}

function pairOf(
  {file, classes, rows, columns}: PixelTable,
  depth: Pixels,
  numberOf: ReadonlyMap<string, number>,
  given?: readonly number[],
): ArrayPair {
  const shape = given ?? squareOf(file, columns);
  if (shape.reduce((product, size) => product * size, 1) !== columns) {
    throw new CallError(`${file}: shape [${shape.join(', ')}] needs another number of pixels than ${columns} a row`);
  }
  const pixels = emptyLike(depth, rows.length * columns);
  rows.forEach((row, i) => {
    pixels.set(row, i * columns);
  });
  return {
    images: {name: file, shape: [classes.length, ...shape], data: pixels},
    labels: {
      name: `${file}: the column of the classes`,
      shape: [classes.length],
      data: Float64Array.from(classes, (each) => numberOf.get(each)!),
    },
  };
}

/** The shape of a square picture of so many pixels, in grey or in colour. */
function squareOf(file: string, columns: number): number[] {
  for (const channels of [1, 3]) {
    const side = Math.sqrt(columns / channels);
    if (Number.isInteger(side)) return [side, side, ...(channels === 1 ? [] : [channels])];
  }
  throw new CallError(`${file}: ${columns} pixels a row make no square picture; pass shape: [height, width]`);
}
