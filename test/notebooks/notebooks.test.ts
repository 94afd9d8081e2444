// What holds for every notebook.
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {cellsOf, codeCells, EXECUTED, EXECUTED_NAMES, NAMES, ROOT, SOURCES} from './executed';

test.each(EXECUTED_NAMES)('%s runs without a warning, an error or a hidden failure', (name) => {
  const outputs = codeCells(path.join(ROOT, EXECUTED, name)).flatMap((cell) => cell.outputs);
  expect(outputs.filter((output) => output.output_type === 'error' || output.name === 'stderr')).toEqual([]);
  expect(JSON.stringify(outputs)).not.toMatch(/UncaughtException:|UnhandledPromiseRejection:/);
});

test.each(NAMES)('%s has the sections of all notebooks, and links that lead somewhere', (name) => {
  const cells = cellsOf(path.join(SOURCES, name));
  const prose = cells.filter((cell) => cell.cell_type === 'markdown').map((cell) => cell.source.join(''));
  const headings = prose.flatMap((text) => text.match(/^##? .*/gm) ?? []);
  expect(headings[0]).toMatch(/^# \d+ · /);
  expect(headings.slice(-3)).toEqual(['## What we saw', '## Questions to try', '## Next']);
  expect(prose[0]).toMatch(/\*\*What you will see:\*\*[^]*\*\*Time:\*\*/);
  expect(prose.filter((text) => text.includes('<details>')).length).toBeGreaterThanOrEqual(2);
  const links = prose.join('\n').matchAll(/\]\(([^)]+\.ipynb)\)/g);
  for (const [, link] of links) expect(NAMES).toContain(link);
});

test("the road in 01 names each notebook's minutes as the notebook does", () => {
  const proseOf = (name: string) => cellsOf(path.join(SOURCES, name)).map(({source}) => source.join(''));
  const road = proseOf(NAMES[0]!).find((text) => text.startsWith('## The road ahead'))!;
  const rows = Array.from(road.matchAll(/^\| .* \| .* \| (\d.*) \|$/gm), ([, minutes]) => minutes);
  const times = NAMES.map((name) => /\*\*Time:\*\* (.*?) minutes to read/.exec(proseOf(name)[0]!)?.[1]);
  expect(rows).toEqual(times);
});

test.each(NAMES)('%s has short cells with a sentence before each', (name) => {
  const cells = cellsOf(path.join(SOURCES, name));
  cells.forEach((cell, i) => {
    if (cell.cell_type !== 'code') return;
    expect(cell.source.length).toBeLessThan(30);
    expect(cells[i - 1]!.cell_type).toBe('markdown');
  });
});

test('only 04 writes the network that others load: whichever is opened first, the numbers are of its training', () => {
  const writers = NAMES.filter((name) =>
    codeCells(path.join(SOURCES, name)).some(({source}) => /save\([^)]*'mymodel\.h5'/.test(source.join(''))),
  );
  expect(writers).toEqual(['04-build-and-train.ipynb']);
});
