import {CallError} from '../arguments/publicCall';
import {readRows} from '../files/csv';
import {LABEL} from './labelHeader';
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
}

interface Layout {
  width: number;
  label: number;
  /** Where the pixels are, in order. */
  pixels: number[];
}

/**
 * Reads a table with a class and pixels in each row. A first row with several words is a header, and so is one that counts
 * the columns, as pandas writes it where these have no names. A column whose header is empty, `id` or `index` numbers the
 * rows, and is no pixel.
 *
 * @param label the header of the column with the classes
 * @throws CallError for a cell that is no number, a row of another length, a table without rows
 */
export async function readPixelTable(file: string, label?: string): Promise<PixelTable> {
  const classes: string[] = [];
  const rows: Pixels[] = [];
  let layout: Layout | undefined;
  await readRows(file, (cells, row) => {
    if (layout === undefined) {
      const header = isHeader(cells);
      layout = layoutOf(file, cells, header, label);
      if (header) return;
    }
    if (cells.length !== layout.width) {
      throw new CallError(`${file}: row ${row} has ${cells.length} columns, and the first has ${layout.width}`);
    }
    const written = cells[layout.label]!.trim();
    if (written === '') throw new CallError(`${file}: row ${row} has no class`);
    // 7.0 is 7: so pandas writes it where another row has none.
    classes.push(/^\d+(\.0+)?$/.test(written) ? String(Number(written)) : written);
    rows.push(pixelsOf(file, cells, row, layout.pixels));
  });
  if (layout === undefined || rows.length === 0) throw new CallError(`${file}: there is no row of numbers in it`);
  return {file, classes, rows, columns: layout.pixels.length};
}

function isHeader(cells: readonly string[]): boolean {
  const isNumber = (cell: string) => cell.trim() !== '' && !Number.isNaN(Number(cell));
  const isWord = (cell: string) => !/^\s*(nan)?\s*$/i.test(cell) && !isNumber(cell);
  if (cells.filter(isWord).length > 1) return true;
  const numbers = cells.filter(isNumber).map(Number);
  const first = numbers[0]!;
  return (first === 0 || first === 1) && numbers.length > 1 && numbers.every((value, i) => value === first + i);
}

function layoutOf(file: string, cells: readonly string[], header: boolean, label?: string): Layout {
  const names = header ? cells.map((cell) => cell.trim()) : [];
  const named = names.flatMap((name, i) => ((label === undefined ? LABEL.test(name) : name === label) ? i : []));
  if (label !== undefined && named.length === 0) {
    const there = header ? `its columns are ${names.slice(0, 6).join(', ')}, …` : 'it has no header';
    throw new CallError(`${file}: no column is called '${label}'; ${there}`);
  }
  const isCount = (column: number) => header && /^(unnamed: 0|(image)?[-_ ]?id|index)?$/i.test(names[column]!);
  const columns = [...cells.keys()].filter((column) => !isCount(column));
  // A test of Kaggle's has pixels alone.
  if (
    named.length === 0 &&
    columns.length > 1 &&
    columns.every((each) => /^(pixel|px)[-_ ]?\d+$/i.test(names[each] ?? ''))
  ) {
    throw new CallError(`${file}: all its columns are pixels; expected one with the classes, called 'label'`);
  }
  const column = named[0] ?? columns[0]!;
  return {width: cells.length, label: column, pixels: columns.filter((each) => each !== column)};
}

function pixelsOf(file: string, cells: readonly string[], row: number, columns: readonly number[]): Pixels {
  const values = new Float64Array(columns.length);
  let [isWhole, high] = [true, 0];
  columns.forEach((column, i) => {
    const cell = cells[column]!;
    const value = Number(cell);
    if (Number.isNaN(value) || cell.trim() === '') {
      throw new CallError(
        `${file}: expected a number in row ${row}, column ${column + 1}, got '${cell.length > 20 ? `${cell.slice(0, 20)}…` : cell}'`,
      );
    }
    values[i] = value;
    if (value > high) high = value;
    if (!Number.isInteger(value) || value < 0) isWhole = false;
  });
  if (!isWhole || high >= 2 ** 16) return Float32Array.from(values);
  return high < 2 ** 8 ? Uint8Array.from(values) : Uint16Array.from(values);
}
