// Sentences with numbers to expect, held against the committed run of the notebooks: a number in the text is printed by a
// cell, written in its code, or carries a mark (see marks.ts). So no sentence tells of a run that others contradict.
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {cellsOf, NAMES, type Output, SEEDS, SOURCES} from './executed';
import {type Mark, marksOf, measuredNumbers, proseOf, type Seeds, toNumber} from './marks';

const inOrder = (values: number[]) => [...values].sort((a, b) => a - b);
/** Its smallest and its largest value. */
const span = (values: number[]) => [inOrder(values)[0], inOrder(values).at(-1)];

const printed = (outputs: Output[]) =>
  outputs.map((output) => [output.text ?? output.data?.['text/plain']].flat().join('')).join('\n');

function numberAfter(text: string, before: string): number {
  const at = text.lastIndexOf(before);
  const [number] = /-?\d[\d,]*(?:\.\d+)?/.exec(at < 0 ? '' : text.slice(at + before.length)) ?? [];
  if (number === undefined) throw new Error(`no number after "${before}" in what was printed:\n${text}`);
  return toNumber(number);
}

/** The table that readers see of these measurements. */
function tableOf(columns: Record<string, number[]>): string[] {
  return Object.entries(columns).map(([name, values]) => {
    const mean = Math.round(values.reduce((a, b) => a + b) / values.length);
    return `| ${name} | ${mean} | ${span(values).join(' to ')} |`;
  });
}

describe.each(NAMES)('%s', (name) => {
  const cells = cellsOf(path.join(SOURCES, name));
  const prose = cells
    .filter(({cell_type: type}) => type === 'markdown')
    .map(({id, source}) => ({id, text: source.join('')}));
  const code = cells.filter(({cell_type: type}) => type === 'code');
  const known = code.map(({source, outputs}) => `${source.join('')}\n${printed(outputs)}`).join('\n');

  test('what a mark says is what the run printed', () => {
    for (const {id, text} of prose) {
      for (const mark of marksOf(text)) {
        if (mark.kind !== 'check') continue;
        const cell = code.find((each) => each.id === mark.cell);
        if (cell === undefined) throw new Error(`${id} checks ${mark.cell}, and there is no such cell`);
        const value = numberAfter(printed(cell.outputs), mark.before);
        const [low, high] = mark.range;
        expect({id, before: mark.before, value, fits: value >= low && value <= high}).toMatchObject({fits: true});
      }
    }
  });

  test('what it says of several seeds is what seeds.json holds', () => {
    for (const {id, text} of prose) {
      for (const mark of marksOf(text)) {
        if (mark.kind !== 'seeds') continue;
        const columns = SEEDS[mark.name];
        if (columns === undefined) throw new Error(`${id}: seeds.json has no ${mark.name}`);
        if (mark.column === undefined) for (const row of tableOf(columns)) expect(text).toContain(row);
        else expect({id, ...mark}).toMatchObject({range: span(valuesOf(mark, columns))});
      }
    }
  });

  test('a sentence with a number to expect is checked', () => {
    const unchecked = prose.filter(
      ({text}) => /numbers?(?: of \w+)? to expect/i.test(text) && !marksOf(text).some(({kind}) => kind !== 'given'),
    );
    expect(unchecked.map(({id}) => id)).toEqual([]);
  });

  test('every measured number in the text is printed, is code, or has a mark', () => {
    const unknown = prose.flatMap(({id, text}) => {
      const marked = new Set(marksOf(text).flatMap(numbersOf));
      return measuredNumbers(proseOf(text))
        .filter((number) => !marked.has(toNumber(number)) && !isIn(known, number))
        .map((number) => `${id}: ${number}`);
    });
    expect(unknown).toEqual([]);
  });
});

function numbersOf(mark: Mark): number[] {
  return mark.kind === 'given' ? mark.numbers.map(toNumber) : (mark.range ?? []);
}

function valuesOf({name, column}: Seeds, columns: Record<string, number[]>): number[] {
  const values = columns[column!];
  if (values === undefined)
    throw new Error(`seeds.json: ${name} has no ${column}; it has ${Object.keys(columns).join(', ')}`);
  expect(values.length).toBeGreaterThanOrEqual(5);
  return values;
}

/** As a number of its own, with or without commas, and not as part of a longer one. */
function isIn(text: string, number: string): boolean {
  return [number, number.replaceAll(',', '')].some((form) =>
    new RegExp(`(?<![\\d.])${form.replace('.', '\\.')}(?![\\d])`).test(text),
  );
}

test('a mark that is written wrongly is an error, and so is a number that nobody vouches for', () => {
  expect(() => marksOf('<!-- chek: fit "accuracy:" 0.9..1 -->')).toThrow('is no mark');
  expect(() => marksOf('<!-- given: 0.98 -->')).toThrow('is no mark');
  expect(marksOf('a <!-- check: fit "accuracy:" 0.9..1. given: 1,280, 7: why. --> b')).toEqual([
    {kind: 'check', cell: 'fit', before: 'accuracy:', range: [0.9, 1]},
    {kind: 'given', numbers: ['1,280', '7']},
  ]);
  expect(measuredNumbers(proseOf('About 0.98, or 35,530, or 27 wrong; 83.5 %. `0.12` and 3 rows'))).toEqual([
    '0.98',
    '35,530',
    '83.5',
    '27',
  ]);
  expect(isIn('accuracy: 0.985', '0.98')).toBe(false);
  expect(isIn('60000 of them', '60,000')).toBe(true);
});
