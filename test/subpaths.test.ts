// `convlab/data` and its like are parts of `convlab`: the same names, for programs that need no more.
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import * as convlab from '../lib/src';
import * as data from '../lib/src/data';
import * as keras from '../lib/src/keras';
import * as training from '../lib/src/training';

const index = fs.readFileSync(path.join(__dirname, '..', 'lib', 'src', 'index.ts'), 'utf8');

/** The names, types among them, that a page of exports takes from this room. */
const namesFrom = (page: string, room: RegExp) =>
  [...page.matchAll(/^export (?:type )?(?:\{([^}]*)\}|\* as (\w+)) from '([^']+)'/gm)]
    .filter(([, , , from]) => room.test(from!))
    .flatMap(([, list, name]) => name ?? list!.split(',').map((each) => each.trim().replace(/^type /, '')))
    .sort();

describe.each([
  ['data', data],
  ['training', training],
])('convlab/%s', (room, names) => {
  test('has what convlab has of that theme, and nothing else but tf', () => {
    const page = fs.readFileSync(path.join(__dirname, '..', 'lib', 'src', room, 'index.ts'), 'utf8');
    expect(namesFrom(page, /^\.\/(?!\.)/)).toEqual(namesFrom(index, RegExp(`^\\./${room}/`)));
  });

  test('gives the same objects', () => {
    for (const [name, value] of Object.entries(names)) expect((convlab as Record<string, unknown>)[name]).toBe(value);
  });
});

test('convlab/keras is keras of convlab', () => {
  expect({...keras}).toEqual({...convlab.keras});
});
