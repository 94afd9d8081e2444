// The exercises in a kernel: solved as the notebooks solve them each is right, and left empty none is.
import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, expect, test} from '@jest/globals';
import {cellsOf, NAMES, results, ROOT, SOURCES, start} from './executed';

const FOLDER = 'build/test/exercises';
const ID = /^exercise-(\d-\d)$/;

interface Task {
  id: string;
  empty: string;
  solved: string;
}

/** What makes the values that exercises use: the cells of each notebook that load, and those that count. */
const NEEDED = ['a-list', 'check-versions', 'load', 'class-counts'];

const chapters = NAMES.map((name) => {
  const cells = cellsOf(path.join(SOURCES, name));
  const tasks = cells.flatMap(({id, source}, i): Task[] => {
    if (!ID.test(id)) return [];
    const solution = /<summary>Solution<\/summary>\n\n```typescript\n([^]*?)\n```/.exec(cells[i + 1]!.source.join(''));
    return [{id, empty: source.join(''), solved: solution?.[1] ?? ''}];
  });
  const needed = cells.filter(({id}) => NEEDED.includes(id)).map(({id, source}) => ({id, code: source.join('')}));
  return {name, tasks, needed};
}).filter(({tasks}) => tasks.length > 0);
const all = chapters.flatMap(({tasks}) => tasks);

/** One notebook of them all, as a kernel takes seconds to start. */
function write(name: string, codeOf: (task: Task) => string): string {
  const sources = chapters.flatMap(({needed, tasks}, i) => [
    ...needed.map(({id, code}) => ({id: `${id}-${i}`, code})),
    ...tasks.map((task) => ({id: task.id, code: codeOf(task)})),
  ]);
  const cells = sources.map(({id, code}) => ({
    cell_type: 'code',
    id,
    metadata: {},
    source: code,
    execution_count: null,
    outputs: [],
  }));
  const {metadata} = JSON.parse(fs.readFileSync(path.join(SOURCES, NAMES[0]!), 'utf8')) as {metadata: object};
  const file = path.join(ROOT, FOLDER, `${name}.ipynb`);
  fs.writeFileSync(file, JSON.stringify({cells, metadata, nbformat: 4, nbformat_minor: 5}));
  return file;
}

beforeAll(async () => {
  fs.rmSync(path.join(ROOT, FOLDER), {recursive: true, force: true});
  fs.mkdirSync(path.join(ROOT, FOLDER), {recursive: true});
  const files = [write('solved', ({solved}) => solved), write('empty', ({empty}) => empty)];
  await start(...files, '--out', path.join(FOLDER, 'executed'));
}, 10 * 60_000);

test('each of 01 to 09 has two exercises or three', () => {
  expect(chapters.map(({name}) => name.slice(0, 2))).toEqual(['01', '02', '03', '04', '05', '06', '07', '08', '09']);
  for (const {tasks} of chapters) expect([2, 3]).toContain(tasks.length);
});

test.each(all)('$id is right as it is solved, and asks for an answer as it stands', ({id}) => {
  const number = ID.exec(id)![1]!.replace('-', '.');
  const read = (name: string) => results(name, path.join(FOLDER, 'executed')).text(id);
  expect(read('solved')).toBe(`✓ Exercise ${number}: right!`);
  expect(read('empty')).toContain(`✗ Exercise ${number}: no answer yet.`);
});
