import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';

// What npm installs: whole by digest, under licences that a school or a company may use, without running code of its own.

interface Package {
  version: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const root = path.resolve(__dirname, '..', '..');
const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Package>;
};
/** All that come from a registry: by their place in node_modules. */
const packages = Object.entries(lock.packages).filter(([place, {link}]) => place.includes('node_modules/') && !link);
const nameOf = (place: string) => place.replace(/^.*node_modules\//, '');

test('every package has a digest, and none comes from elsewhere than a registry', () => {
  const strange = packages.filter(
    // Without an address npm takes a package from the registry that it is set to.
    ([, {integrity, resolved}]) => !integrity?.startsWith('sha512-') || resolved !== undefined,
  );
  expect(strange.map(([place]) => place)).toEqual([]);
});

/** As SPDX writes them. BlueOak-1.0.0, 0BSD, MIT-0, Zlib, CC0-1.0 and Unlicense ask for as little as MIT or less. */
const FREE = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Zlib',
];
/** Read by a person: h5wasm is the work of a US agency, in the public domain, with HDF5 under a licence like BSD's. */
const READ: Record<string, string> = {h5wasm: 'SEE LICENSE IN LICENSE.txt'};
/** libvips, which sharp reads pictures with, libheif and ZeroMQ: libraries, used as they come, which these licences let anyone do. */
const LIBRARIES = [
  {name: '@img/sharp-', license: 'LGPL-3.0-or-later'},
  {name: 'libheif-js', license: 'LGPL-3.0'},
  {name: 'zeromq', license: 'MPL-2.0'},
];

function isFree(name: string, license = 'none'): boolean {
  const isAllowed = (part: string) =>
    FREE.includes(part) || LIBRARIES.some((library) => part === library.license && name.startsWith(library.name));
  const choices = license.replace(/^\(|\)$/g, '').split(' OR ');
  return READ[name] === license || choices.some((choice) => choice.split(' AND ').every(isAllowed));
}

test('every package that the notebooks run with has a licence that lets anyone use it', () => {
  const others = packages.filter(([place, {dev, license}]) => dev !== true && !isFree(nameOf(place), license));
  expect(others.map(([place, {license}]) => `${place}: ${license ?? 'none'}`)).toEqual([]);
});

test('packages that want to run a script when they are installed are these, and npm runs none of them', () => {
  const wanting = packages.filter(([, {hasInstallScript}]) => hasInstallScript).map(([place]) => nameOf(place));
  // The set-up itself builds the native parts of tfjs-node and canvas; the others work without theirs.
  const known = [
    '@parcel/watcher',
    '@swc/core',
    '@tensorflow/tfjs-node',
    'canvas',
    'core-js',
    'esbuild',
    'unrs-resolver',
    'zeromq',
  ];
  expect(known).toEqual(expect.arrayContaining(wanting));
  expect(fs.readFileSync(path.join(root, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
});

test('the packages under tfjs-node that are known to be weak in old versions are new ones', () => {
  const versions = (name: string) =>
    packages.filter(([place]) => nameOf(place) === name).map(([, {version}]) => version);
  expect(versions('tar')).toEqual([expect.stringMatching(/^7\.5\./)]);
  expect(versions('node-fetch')).toEqual(['2.7.0']);
  expect(versions('rimraf')).toEqual(['3.0.2']);
});
