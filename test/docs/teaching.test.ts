// docs/teaching: links lead somewhere, the glossary's words stand where it says, slides hold every cell.
import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {cellsOf, NAMES, SOURCES} from '../notebooks/executed';

const ROOT = path.join(__dirname, '../..');
const FOLDER = path.join(ROOT, 'docs/teaching');
const pages = fs.readdirSync(FOLDER);
const read = (page: string) => fs.readFileSync(path.join(FOLDER, page), 'utf8');
const proseOf = (notebook: string) =>
  cellsOf(path.join(SOURCES, notebook))
    .filter(({cell_type: type}) => type === 'markdown')
    .map(({source}) => source.join(''))
    .join('\n');

test.each(pages)('%s has links that lead somewhere', (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target]) => target!);
  expect(targets.filter((target) => !fs.existsSync(path.join(FOLDER, target)))).toEqual([]);
});

const glossary = () => [...read('glossary.md').matchAll(/^\| \*\*(.+)\*\* \| .+ \| \[\d\d\]\(.*\/(.+\.ipynb)\) \|$/gm)];

test('each word of the glossary stands in the notebook that is linked, and the words are in order', () => {
  const rows = glossary();
  expect(rows.length).toBeGreaterThan(35);
  const words = rows.map(([, word]) => word!);
  expect(words).toEqual([...words].sort((a, b) => a.localeCompare(b, 'en')));
  const missing = rows.filter(([, word, notebook]) => !new RegExp(`\\b${word!}`, 'i').test(proseOf(notebook!)));
  expect(missing.map(([row]) => row)).toEqual([]);
});

test('no notebook before the one that is linked has the word in bold', () => {
  const early = glossary().flatMap(([, word, linked]) => {
    const bold = new RegExp(`\\*\\*[^*\\n]*\\b${word!}\\b[^*\\n]*\\*\\*`, 'i');
    return NAMES.filter((name) => name < linked! && bold.test(proseOf(name))).map((name) => `${word!}: ${name}`);
  });
  expect(early).toEqual([]);
});

test('the minutes of a plan follow on each other, to the end that its heading names', () => {
  const parts = read('plans.md').split(/^## /m).slice(1);
  const times = parts.map((part) =>
    [...part.matchAll(/^\| (\d+)–(\d+) \|/gm)].map(([, from, to]) => [Number(from), Number(to)] as const),
  );
  for (const rows of times) {
    expect(rows.slice(1).map(([from]) => from)).toEqual(rows.slice(0, -1).map(([, to]) => to));
  }
  expect(times.map((rows) => [rows[0]![0], rows.at(-1)![1]])).toEqual([
    [0, 90],
    [90 + 15, 4 * 60],
  ]);
});

test('plans and misconceptions name every notebook but the first', () => {
  for (const page of ['plans.md', 'in-class.md']) {
    const named = new Set([...read(page).matchAll(/(\d\d-[\w-]+\.ipynb)/g)].map(([, name]) => name));
    expect(NAMES.slice(1).filter((name) => !named.has(name))).toEqual([]);
  }
});

test('the cheat sheet fits on one printed page', () => {
  // Some 55 lines of A4 at 9 points, a row of the table being one or two of them.
  expect(read('cheat-sheet.md').split('\n').length).toBeLessThan(40);
});

interface Slide {
  id: string;
  metadata: {slideshow: {slide_type: string}};
  source: string | string[];
}

async function slidesOf(name: string) {
  const {asSlides} = (await import('../../tools/slides/cells.mjs')) as {
    asSlides: (notebook: unknown) => {cells: Slide[]};
  };
  const {cells} = asSlides({cells: cellsOf(path.join(SOURCES, name))});
  return cells.map(({id, metadata, source}) => ({
    id,
    type: metadata.slideshow.slide_type,
    text: [source].flat().join(''),
  }));
}

test('slides begin at headings, and turn folded answers into notes', async () => {
  const slides = await slidesOf('08-look-inside.ipynb');
  const typeOf = (wanted: string) => slides.find(({id}) => id === wanted)?.type;
  expect([typeOf('8-look-inside'), typeOf('load'), typeOf('the-trained-network')]).toEqual(['slide', '-', 'subslide']);
  expect(typeOf('question-2-folded')).toBe('notes');
});

test.each(NAMES)('the slides of %s have every cell once, and in the notes all that is folded', async (name) => {
  const cells = cellsOf(path.join(SOURCES, name));
  const slides = await slidesOf(name);
  expect(slides.filter(({id}) => !id.endsWith('-folded')).map(({id}) => id)).toEqual(cells.map(({id}) => id));
  expect(slides.filter(({text}) => text.includes('<details>'))).toEqual([]);
  const words = (text: string) =>
    text
      .replace(/<\/?(details|summary)>/g, '')
      .split(/\s+/)
      .filter(Boolean)
      .sort();
  const markdown = cells.filter(({cell_type: type}) => type === 'markdown').map(({id}) => id);
  const shown = slides.filter(({id}) => markdown.includes(id.replace(/-folded$/, '')));
  const written = cells.filter(({id}) => markdown.includes(id));
  expect(words(shown.map(({text}) => text).join('\n'))).toEqual(
    words(written.map(({source}) => source.join('')).join('\n')),
  );
});
