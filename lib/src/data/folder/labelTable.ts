import path from 'node:path';
import {CallError} from '../../arguments/publicCall';
import {readRows} from '../../files/csv';
import type {Skipped} from '../imageDataset';
import {LABEL} from '../labelHeader';
import {PART_COLUMN, partNote, partsNamed} from '../partColumn';
import {ROW_NAMES, withRowNames} from '../rowNames';
import type {PartName} from './parts';
import {ENDING} from './pictureFiles';
import {pictureFinder, trusted, type Find} from './pictureNames';
import type {Found} from './walk';

/** What a table says about the pictures of a folder. */
export interface TableLabels {
  /** The class of a picture; undefined when the table has none for it. */
  labelOf: (picture: Found) => string | undefined;
  /** The part of a picture, where a column says it. */
  partOf: (picture: Found) => PartName | undefined;
  /** What the reader should know, as sentences. */
  notes: string[];
  /** Rows whose file isn't there. */
  missing: Skipped[];
}

/**
 * Reads which class each picture is of from a table with a column of file names and one of classes, in any order, with a
 * header or without. Names may have folders in front and the ending left out, as Kaggle's do. Which column has the names is
 * told by the pictures that are there; of more than two columns the classes' needs a header such as `label`. Or each class
 * has a column of its own, 1 for its pictures and 0 for all others, as ISIC's tables do. A column `split`, `set` or
 * `partition` may say the parts.
 *
 * @throws CallError when the table can't be read, no column names the pictures, it isn't clear which has the classes, a name
 *   fits several pictures, or a picture has two classes
 */
export async function readLabelTable(table: string, pictures: readonly Found[]): Promise<TableLabels> {
  const rows: string[][] = [];
  await readRows(table, (cells) => {
    rows.push(cells.map((cell) => cell.trim().normalize('NFC')));
  });
  if (rows.length > 0) rows[0] = withRowNames(rows[0]!, rows.slice(1));
  const find = pictureFinder(pictures);
  const files = fileColumn(table, rows, find, pictures);
  const header = isHeader(rows, files, find);
  const matches = rows.slice(header ? 1 : 0).map((cells) => find(cells[files] ?? ''));
  const sure = trusted(matches);
  const partColumn = header ? rows[0]!.findIndex((name, column) => column !== files && PART_COLUMN.test(name)) : -1;
  const labelOf = labelReader(table, rows, files, header, partColumn);
  const words = partColumn < 0 ? [] : rows.slice(1).map((cells) => cells[partColumn] ?? '');
  const rowParts = partColumn < 0 ? undefined : partsNamed(words);
  const notes = partColumn < 0 ? [] : [`${path.basename(table)}: ${partNote(rows[0]![partColumn]!, words, rowParts)}`];
  const parts = new Map<Found, PartName>();
  const labels = new Map<Found, string>();
  const missing: Skipped[] = [];
  rows.slice(header ? 1 : 0).forEach((cells, i) => {
    const row = i + (header ? 2 : 1);
    const [name, label] = [cells[files] ?? '', labelOf(cells)];
    if (label === '') throw new CallError(`${table}: row ${row} has no class for '${name}'`);
    const picture = sure(matches[i])?.picture;
    if (picture === 'several') {
      throw new CallError(
        `${table}: row ${row}: several pictures are called ${name}; write the folder in front, or the ending behind`,
      );
    }
    if (picture === undefined) {
      const other = matches[i]?.picture as Found | undefined;
      const but = other === undefined ? '' : `; ${other.path} may be another picture`;
      missing.push({file: name, reason: `row ${row} of ${path.basename(table)} names it, and it isn't there${but}`});
      return;
    }
    const known = labels.get(picture);
    if (known !== undefined && known !== label) {
      throw new CallError(`${table}: ${name} has two classes, ${known} and, in row ${row}, ${label}`);
    }
    labels.set(picture, label);
    const part = rowParts?.[i];
    if (part === undefined) return;
    const knownPart = parts.get(picture);
    if (knownPart !== undefined && knownPart !== part) {
      throw new CallError(`${table}: ${name} is in two parts, ${knownPart} and, in row ${row}, ${part}`);
    }
    parts.set(picture, part);
  });
  return {labelOf: (picture) => labels.get(picture), partOf: (picture) => parts.get(picture), notes, missing};
}

/** The column that names the most pictures. */
function fileColumn(table: string, rows: string[][], find: Find, pictures: readonly Found[]): number {
  const width = rows.reduce((most, {length}) => Math.max(most, length), 0);
  const columns = Array.from({length: width}, (_, column) => {
    const found = rows.map((cells) => find(cells[column] ?? '')?.picture);
    const cells = rows.map((cells) => cells[column] ?? '');
    const count = new Set(found.filter((picture) => picture !== undefined)).size;
    return {column, found, count, rank: rankOf(rows[0]![column] ?? '', cells)};
  });
  columns.sort((a, b) => b.count - a.count || b.rank - a.rank);
  const [first, second] = columns;
  if (first === undefined || first.count === 0) {
    const cells = rows[0]?.join(', ') ?? 'nothing';
    throw new CallError(
      `${table}: expected a column with the names of pictures, such as ${pictures[0]?.path ?? '001.png'}; ` +
        `none of its names is there. Its first row is ${cells}`,
    );
  }
  if (
    second?.count === first.count &&
    second.rank === first.rank &&
    second.found.some((picture, i) => picture !== first.found[i])
  ) {
    throw new CallError(
      `${table}: columns ${first.column + 1} and ${second.column + 1} both name pictures, and not the same; ` +
        "call the one that is right 'file' in the first row",
    );
  }
  return first.column;
}

/** Numbers name pictures as well as they count rows or are classes: of two columns that both could be names the likelier. */
function rankOf(header: string, cells: readonly string[]): number {
  if (cells.some((cell) => ENDING.test(cell))) return 3;
  if (LABEL.test(header) || ROW_NAMES.test(header)) return 0;
  return /file|path|name|image|img|picture|photo/i.test(header) ? 2 : 1;
}

/** A first row that names no picture and no class that occurs again. */
function isHeader(rows: string[][], files: number, find: Find): boolean {
  const [first, ...others] = rows;
  const name = first![files] ?? '';
  if (find(name) !== undefined || ENDING.test(name)) return false;
  return first!.every(
    (cell, column) => cell === '' || column === files || !others.some((cells) => cells[column] === cell),
  );
}

function labelReader(
  table: string,
  rows: string[][],
  files: number,
  header: boolean,
  partColumn: number,
): (cells: string[]) => string {
  const first = rows[0]!;
  // 7.0 is 7: so pandas writes it where another row has none.
  const cellOf = (column: number) => (cells: string[]) => (cells[column] ?? '').replace(/^(\d+)\.0+$/, '$1');
  const isEmpty = (column: number) => rows.every((cells) => (cells[column] ?? '') === '');
  const filled = [...first.keys()].filter((column) => ![files, partColumn].includes(column) && !isEmpty(column));
  const told = filled.filter((column) => !(header && ROW_NAMES.test(first[column]!)));
  const others = told.length > 0 ? told : filled;
  const named = header ? others.filter((column) => LABEL.test(first[column]!)) : [];
  if (named.length === 1) return cellOf(named[0]!);
  if (others.length === 1) return cellOf(others[0]!);
  if (header && named.length === 0 && rows.slice(1).every((cells) => isOneHot(others.map((column) => cells[column])))) {
    return (cells) => first[others.find((column) => isYes(cells[column]))!]!;
  }
  if (named.length > 1) {
    const names = named.map((column) => `'${first[column]!}'`);
    throw new CallError(
      `${table}: the columns ${names.slice(0, -1).join(', ')} and ${names.at(-1)!} may all have the classes; expected one: give the ` +
        'others another name, or leave them out',
    );
  }
  throw new CallError(
    `${table}: expected a column of file names and one of classes, got ${first.length} columns` +
      `${header ? `: ${first.join(', ')}` : ''}; call the one with the classes 'label' in the first row`,
  );
}

/** 0 and 1, or, as pandas.get_dummies writes them, False and True. */
function isOneHot(cells: readonly (string | undefined)[]): boolean {
  return (
    cells.every((cell) => isYes(cell) || /^(0(\.0+)?|false)$/i.test(cell ?? '')) && cells.filter(isYes).length === 1
  );
}

function isYes(cell: string | undefined): boolean {
  return /^(1(\.0+)?|true)$/i.test(cell ?? '');
}
