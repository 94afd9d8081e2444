import {CallError} from '../arguments/publicCall';
import {readRows} from '../files/csv';
import {LABEL} from './labelHeader';
import {labelPlace} from './labelColumn';
import {inOrder} from './pixelColumns';
import {PART_COLUMN, partNote, partsNamed} from './partColumn';
import type {PartName} from './folder/parts';
import {withRowNames} from './rowNames';
import type {Pixels} from './pixels';

/** What a table of pixels holds. */
export interface PixelTable {
  file: string;
  /** Of each row, as it is written. */
  classes: string[];
  /** Of each row its pixels: bytes, whole numbers of 16 bits or floats, the smallest that holds them. */
  rows: Pixels[];
  /** How many pixels a row has. */
  columns: number;
  /** Of each row the part that it belongs to, where a column says that. */
  parts?: PartName[] | undefined;
  /** Whether the classes stand last. */
  isLabelLast: boolean;
  /** What its header says; undefined where it has none. */
  told?: Layout | undefined;
  /** What the reader should know, as sentences. */
  notes: string[];
}

interface Layout {
  width: number;
  label: number;
  /** The header of this column, where that, or the caller, says that it has the classes. */
  labelName?: string | undefined;
  /** Where the pixels are, in order; of one column all of them, with spaces between. */
  pixels: number[];
  isPacked: boolean;
  /** The column that says which part a row belongs to. */
  part?: {column: number; name: string} | undefined;
  /** Whether the first column was taken for the classes because nothing says which it is. */
  isGuess: boolean;
  /** Whether the pixels stand in another order in the table. */
  isReordered: boolean;
}

/**
 * Reads a table with a class and pixels in each row. A first row with several words is a header, and so is one that counts
 * the columns, as pandas writes it where these have no names. A column whose header is empty, `id` or `index` numbers the
 * rows, and is no pixel. All pixels of a picture may stand in one column called `pixels`, with spaces between, and a column
 * such as `split` or `Usage` may say the parts, as FER2013 has both.
 *
 * @param label the column with the classes, by its header or its number
 * @param like a table of the same data set: where no header says what the columns are, they are what they are there
 * @throws CallError for a cell that is no number, a row of another length, a table without rows or without the classes
 */
export async function readPixelTable(file: string, label?: string | number, like?: PixelTable): Promise<PixelTable> {
  const classes: string[] = [];
  const rows: Pixels[] = [];
  const words: string[] = [];
  let layout: Layout | undefined;
  let header: string[] | undefined;
  await readRows(file, (cells, row) => {
    if (row === 1 && isHeader(cells)) {
      header = cells;
      return;
    }
    layout ??=
      header === undefined && like?.told?.width === cells.length
        ? like.told
        : layoutOf(file, header ? withRowNames(header, [cells]) : cells, header !== undefined, label);
    if (cells.length !== layout.width) {
      throw new CallError(`${file}: row ${row} has ${cells.length} columns, and the first has ${layout.width}`);
    }
    const written = cells[layout.label]!.trim();
    if (written === '') throw new CallError(`${file}: row ${row} has no class`);
    classes.push(numberOrWord(written));
    const pixels = layout.isPacked
      ? cells[layout.pixels[0]!]!.trim().split(/\s+/)
      : layout.pixels.map((column) => cells[column]!);
    const columns = rows[0]?.length ?? pixels.length;
    if (pixels.length !== columns) {
      throw new CallError(`${file}: row ${row} has ${pixels.length} pixels, and the first has ${columns}`);
    }
    const place = layout;
    rows.push(pixelsOf(pixels, {file, place: (i) => `row ${row}, ${nameOf(place, i)}`}));
    if (layout.part !== undefined) words.push(cells[layout.part.column]!.trim());
  });
  if (layout === undefined || rows.length === 0) throw new CallError(`${file}: there is no row of numbers in it`);
  const told = header && layout;
  const {part, isGuess, labelName} = layout;
  if (told !== undefined && labelName === undefined && like?.told?.labelName !== undefined) {
    throw new CallError(`${file}: no column is called '${like.told.labelName}', which has the classes in ${like.file}`);
  }
  const parts = part && partsNamed(words);
  const notes = part === undefined ? [] : [`${file}: ${noteOf(part.name)}`];
  function noteOf(column: string): string {
    return like === undefined
      ? partNote(column, words, parts)
      : `the column '${column}' is passed over: all rows of this table are the test.`;
  }
  if (layout.isReordered) {
    notes.push(
      `${file}: its pixels are taken in the order of the numbers in their headers, not in that of the columns.`,
    );
  }
  const isLabelLast = layout.label === layout.width - 1;
  const table = {file, classes, rows, columns: rows[0]!.length, parts, isLabelLast, told, notes};
  if (!isGuess) return table;
  if (like !== undefined) return like.isLabelLast ? withLabelLast(table) : table;
  const {isLast, note} = labelPlace(
    classes,
    rows.map((row) => row.at(-1)!),
  );
  if (note !== undefined) notes.push(`${file}: ${note}`);
  return isLast ? withLabelLast(table) : table;
}

/** 7.0 is 7: so pandas writes it where another row has none, and NumPy's savetxt writes 7.000e+00. */
function numberOrWord(written: string): string {
  const isNumber = /^\d+(\.0+)?$|^\d\.\d+e[-+]\d+$/i.test(written);
  return isNumber && Number.isSafeInteger(Number(written)) ? String(Number(written)) : written;
}

function nameOf({isPacked, pixels}: Layout, i: number): string {
  return isPacked ? `pixel ${i + 1}` : `column ${pixels[i]! + 1}`;
}

/** Where the classes turn out to stand last: the first column is a pixel, and the last one is none. */
function withLabelLast(table: PixelTable): PixelTable {
  const classes = table.rows.map((row) => String(row.at(-1)!));
  const rows = table.rows.map((row, i) => {
    const first = Number(table.classes[i]!);
    if (Number.isNaN(first)) {
      throw new CallError(`${table.file}: expected a number in the first column, got '${table.classes[i]!}'`);
    }
    return narrowed([first, ...row.subarray(0, -1)]);
  });
  return {...table, classes, rows, isLabelLast: true};
}

function isHeader(cells: readonly string[]): boolean {
  const isNumber = (cell: string) => cell.trim() !== '' && !Number.isNaN(Number(cell));
  const isWord = (cell: string) => !/^\s*(nan)?\s*$/i.test(cell) && !isNumber(cell);
  if (cells.filter(isWord).length > 1) return true;
  const numbers = cells.filter(isNumber).map(Number);
  const first = numbers[0]!;
  return (first === 0 || first === 1) && numbers.length > 1 && numbers.every((value, i) => value === first + i);
}

function layoutOf(file: string, cells: readonly string[], header: boolean, label?: string | number): Layout {
  const names = header ? cells.map((cell) => cell.trim()) : [];
  const named = labelColumns(file, cells, header, names, label);
  const isCount = (column: number) => header && /^(unnamed: 0|(image)?[-_ ]?id|index)?$/i.test(names[column]!);
  const partColumn = header ? names.findIndex((name) => PART_COLUMN.test(name)) : -1;
  const part =
    partColumn < 0 || named.includes(partColumn) ? undefined : {column: partColumn, name: names[partColumn]!};
  const columns = [...cells.keys()].filter((column) => !isCount(column) && column !== part?.column);
  // A test of Kaggle's has pixels alone.
  const isNamed = (each: number) => /^(pixel|px)[-_ ]?\d+$/i.test(names[each] ?? '');
  if (named.length === 0 && columns.length > 1 && columns.every(isNamed)) {
    throw new CallError(`${file}: all its columns are pixels; expected one with the classes, called 'label'`);
  }
  const packed = columns.filter((each) => /^pixels?$/i.test(names[each] ?? ''));
  const isPacked = packed.length === 1 && columns.length <= MOST_BESIDE_PACKED;
  const others = columns.filter((each) => !(isPacked ? packed.includes(each) : isNamed(each)));
  if (isPacked && named.length === 0 && others.length !== 1) {
    throw new CallError(
      `${file}: expected a column with the classes beside '${names[packed[0]!]!}', called 'label'; its columns are ` +
        `${names.join(', ')}: pass label: '…'`,
    );
  }
  const isLastAWord = !header && Number.isNaN(Number(cells.at(-1))) && !Number.isNaN(Number(cells[0]));
  const column = named[0] ?? (isLastAWord ? columns.at(-1)! : others.length === 1 ? others[0]! : columns[0]!);
  const isGuess = named.length === 0 && !isLastAWord && others.length !== 1 && columns.length > 2;
  const asTheyStand = isPacked ? packed : columns.filter((each) => each !== column);
  if (asTheyStand.length === 0) {
    throw new CallError(
      `${file}: it has one column, and expected are the classes and pixels; cells are divided by commas, semicolons or tabs`,
    );
  }
  const pixels = isGuess ? asTheyStand : inOrder(asTheyStand, names);
  const isReordered = pixels.some((each, i) => each !== asTheyStand[i]);
  const labelName = named[0] === undefined ? undefined : names[named[0]];
  return {width: cells.length, label: column, labelName, pixels, isPacked, part, isGuess, isReordered};
}

/** The columns that are called as the one with the classes; with its number, this one. */
function labelColumns(
  file: string,
  cells: readonly string[],
  header: boolean,
  names: readonly string[],
  label?: string | number,
): number[] {
  if (typeof label === 'number') {
    if (label < cells.length) return [label];
    throw new CallError(`${file}: there is no column ${label}; it has ${cells.length}, 0 to ${cells.length - 1}`);
  }
  const named = names.flatMap((name, i) => ((label === undefined ? LABEL.test(name) : name === label) ? i : []));
  if (label !== undefined && named.length === 0) {
    const there = header ? `its columns are ${names.slice(0, 6).join(', ')}, …` : 'it has no header';
    throw new CallError(`${file}: no column is called '${label}'; ${there}`);
  }
  return named;
}

/** A table with a column `pixels` and more columns than these has one for each pixel. */
const MOST_BESIDE_PACKED = 8;

/** @param where what to call the table and pixel i, in an error */
function pixelsOf(cells: readonly string[], where: {file: string; place: (i: number) => string}): Pixels {
  const values = cells.map((cell, i) => {
    const value = Number(cell);
    const shown = `'${cell.length > 20 ? `${cell.slice(0, 20)}…` : cell}'`;
    // Other programs don't count in hexadecimal here, as JavaScript would: 0x10 may be a name.
    if (Number.isNaN(value) || cell.trim() === '' || /[xob]/i.test(cell)) {
      throw new CallError(`${where.file}: expected a number in ${where.place(i)}, got ${shown}${cellHint(cell)}`);
    }
    const float = Math.fround(value);
    if (/^\s*[-+]?\d+\s*$/.test(cell) ? float !== value : !Number.isFinite(float)) {
      throw new CallError(
        `${where.file}: ${where.place(i)} holds ${shown}, which floats of 32 bits can't; whole numbers go to 16777216`,
      );
    }
    return value;
  });
  return narrowed(values);
}

/** What to do about a cell that is no number. */
function cellHint(cell: string): string {
  if (/^\s*[-+]?\d+,\d+\s*$/.test(cell))
    return "; decimals have a point here: of R's functions write.csv writes it, not write.csv2";
  if (/^\s*(na|n\/a|nan|null|none)?\s*$/i.test(cell))
    return '; a picture has all its pixels: write a number there, or leave the row out';
  return '';
}

/** Bytes, whole numbers of 16 bits or floats: the smallest that holds all. */
function narrowed(values: readonly number[]): Pixels {
  let [isWhole, high] = [true, 0];
  for (const value of values) {
    if (value > high) high = value;
    if (!Number.isInteger(value) || value < 0) isWhole = false;
  }
  if (!isWhole || high >= 2 ** 16) return Float32Array.from(values);
  return high < 2 ** 8 ? Uint8Array.from(values) : Uint16Array.from(values);
}
