/** What a notebook is made of: itself, and those of the library's files that it imports, and that they import. */
import fs from 'node:fs';
import path from 'node:path';
import {inLib} from '../setup/project.mjs';
import {digestOf} from '../setup/stamp.mjs';

const index = inLib('src', 'index.ts');
/** What every notebook runs with, whatever it imports. */
const always = [inLib('jupyter'), inLib('src', 'kernel'), inLib('src', 'notebook'), inLib('worker')];

/**
 * One digest of a notebook's code and of the code it runs with. Prose, pictures and outputs don't count.
 *
 * @param {string} file
 * @param {...string} others digests of what else would change its outcome
 */
export function digestOfNotebook(file, ...others) {
  const code = codeOf(file);
  return digestOf([...always.filter(fs.existsSync), ...filesOf(code)].sort(), code, ...others);
}

/** The code cells, one after the other. */
function codeOf(file) {
  const {cells} = JSON.parse(fs.readFileSync(file, 'utf8'));
  return cells
    .filter((cell) => cell.cell_type === 'code')
    .map(({source}) => [source].flat().join(''))
    .join('\n');
}

/** The library's files that code with these imports from convlab runs. */
export function filesOf(code) {
  const found = new Set();
  const add = (file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const next of importsOf(file)) add(next);
  };
  const names = namesFromConvlab(code);
  const places = placesOfNames();
  for (const name of names ?? places.keys()) for (const file of places.get(name) ?? []) add(file);
  // What the library does when it is loaded, whatever is taken from it.
  for (const [, source] of text(index).matchAll(/^import '([^']+)'/gm)) add(resolve(index, source));
  return [...found].sort();
}

/** Undefined when the code takes convlab as a whole. */
function namesFromConvlab(code) {
  const lists = [...code.matchAll(/import\s+([^;'"]*?)\s*from\s*['"]convlab(?:\/\w+)?['"]/g)].map(([, list]) => list);
  if (lists.some((list) => !/^(type\s+)?\{[^}]*\}$/.test(list)) || /require\(['"]convlab/.test(code)) return undefined;
  return lists.flatMap((list) =>
    list
      .replace(/^(type\s+)?\{|\}$/g, '')
      .split(',')
      .map(
        (each) =>
          each
            .trim()
            .replace(/^type /, '')
            .split(/\s/)[0],
      )
      .filter(Boolean),
  );
}

/** Each public name with the file that index.ts takes it from. */
function placesOfNames() {
  const places = new Map();
  for (const [, list, namespace, source] of text(index).matchAll(
    /^export (?:type )?(?:\{([^}]*)\}|\* as (\w+)) from '([^']+)'/gm,
  )) {
    const names = namespace ? [namespace] : list.split(',').map((each) => each.trim().replace(/^type /, ''));
    for (const name of names.filter(Boolean)) places.set(name, [resolve(index, source)]);
  }
  return places;
}

/** Imports for types alone count, too: they may change whether a cell compiles. */
function importsOf(file) {
  return [...text(file).matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*'(\.[^']+)'/g)]
    .map(([, source]) => resolve(file, source))
    .filter((each) => each !== undefined);
}

function resolve(from, source) {
  const place = path.resolve(path.dirname(from), source);
  return [`${place}.ts`, path.join(place, 'index.ts'), place].find((file) =>
    fs.statSync(file, {throwIfNoEntry: false})?.isFile(),
  );
}

const text = (file) => fs.readFileSync(file, 'utf8');
