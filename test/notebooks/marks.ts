// Marks in the Markdown of notebooks, invisible to readers, that say where a number in the text comes from:
//
//   <!-- check: CELL "words before the number" 0.97..1 -->   the committed run of that cell printed a number in this range
//   <!-- seeds: NAME "column" 109..127 -->                   seeds.json has this smallest and largest value
//   <!-- seeds: NAME -->                                     the table in this cell is that of seeds.json
//   <!-- given: 1.67, 35,530: why -->                        known without a run: why stands there
//
// One comment may hold several, each with a full stop after it.

export interface Check {
  kind: 'check';
  cell: string;
  before: string;
  range: [number, number];
}
export interface Seeds {
  kind: 'seeds';
  name: string;
  column?: string;
  range?: [number, number];
}
export interface Given {
  kind: 'given';
  numbers: string[];
}
export type Mark = Check | Seeds | Given;

const COMMENT = /<!--([^]*?)-->/g;
const NUMBER = String.raw`-?\d[\d,]*(?:\.\d+)?`;
const CHECK = new RegExp(String.raw`^check: (\S+) "([^"]*)" (${NUMBER})(?:\.\.(${NUMBER}))?$`);
const SEEDS = new RegExp(String.raw`^seeds: (\w+)(?: "([^"]*)" (${NUMBER})\.\.(${NUMBER}))?$`);
const GIVEN = new RegExp(String.raw`^given: ((?:${NUMBER}(?:, )?)+): \S[^]*$`);

/** `35,530` is a number to readers. */
export const toNumber = (text: string): number => Number(text.replaceAll(',', ''));

/** All marks of a Markdown cell; a comment that is none is a mistake in writing, and an error. */
export function marksOf(text: string): Mark[] {
  return [...text.matchAll(COMMENT)].flatMap(([, inside]) =>
    inside!
      .trim()
      .split(/\. (?=check:|seeds:|given:)/)
      .map((each) => toMark(each.replace(/\.$/, ''))),
  );
}

function toMark(text: string): Mark {
  const check = CHECK.exec(text);
  if (check !== null) {
    const [, cell, before, low, high = low] = check;
    return {kind: 'check', cell: cell!, before: before!, range: [toNumber(low!), toNumber(high!)]};
  }
  const seeds = SEEDS.exec(text);
  if (seeds !== null) {
    const [, name, column, low, high] = seeds;
    if (column === undefined) return {kind: 'seeds', name: name!};
    return {kind: 'seeds', name: name!, column, range: [toNumber(low!), toNumber(high!)]};
  }
  const given = GIVEN.exec(text);
  if (given !== null) return {kind: 'given', numbers: given[1]!.split(/, (?=-?\d)/)};
  throw new Error(`<!-- ${text} --> is no mark; test/notebooks/marks.ts says how one looks`);
}

/** Markdown without its marks, code, links' addresses and folded answers' code. */
export function proseOf(text: string): string {
  return text
    .replace(COMMENT, ' ')
    .replace(/```[^]*?```/g, ' ')
    .replace(/`[^`]*`/g, ' ')
    .replace(/\]\([^)]*\)/g, '] ')
    .replace(/^\|.*\|$/gm, ' ');
}

/** Numbers that only a run or a source can give: with two decimals or more, or of four digits or more, or so many mistakes. */
export function measuredNumbers(prose: string): string[] {
  const found = [
    ...prose.matchAll(/(?<![\d.,])(\d+\.\d{2,}|\d{1,3}(?:,\d{3})+|\d{2}\.\d(?= %))(?![\d])/g),
    ...prose.matchAll(/(?<![\d.,])(\d{2,}(?:\.\d+)?) (?:mistakes|wrong|right|%)/g),
  ];
  return [...new Set(found.map(([, number]) => number!))];
}
