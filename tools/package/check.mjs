/**
 * Whether the package is what `npm publish` may send: publint's rules, types for every way to import it, a size budget.
 *
 *   npm run check:package
 */
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {checkPackage, createPackageFromTarballData} from '@arethetypeswrong/core';
import {publint} from 'publint';
import {formatMessage} from 'publint/utils';
import {inLib} from '../../lib/setup/project.mjs';
import {pack} from './pack.mjs';

/** Bytes: the packed file, and what lies on the disk. Notebooks with their pictures, and the samples, are the most of it. */
const LARGEST = {packed: 3_000_000, unpacked: 8_500_000};
/** What must be in it, and what must not. */
const NEEDED = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'package.json',
  'bin/convlab.cjs',
  'dist/index.js',
  'dist/index.d.ts',
];
const UNWANTED = /(^|\/)(test|node_modules|\.cache|\.venv)\/|\.tsbuildinfo$|\.test\.|\.lock$|\.pyc$|checkpoint/;

const file = pack();
const problems = [];
const manifest = JSON.parse(fs.readFileSync(inLib('package.json'), 'utf8'));

const {messages} = await publint({
  pack: {tarball: new Uint8Array(fs.readFileSync(file)).buffer},
  level: 'warning',
  strict: true,
});
problems.push(...messages.map((message) => `publint: ${formatMessage(message, manifest)}`));

const types = await checkPackage(createPackageFromTarballData(fs.readFileSync(file)));
if (types.types === false) problems.push('types: there are none');
else for (const {kind, ...where} of types.problems) problems.push(`types: ${kind} ${JSON.stringify(where)}`);

const listed = spawnSync('tar', ['-tzvf', file], {encoding: 'utf8'}).stdout.trim().split('\n');
const entries = listed.map((line) => ({
  name: line
    .split(/\s+/)
    .slice(5)
    .join(' ')
    .replace(/^package\//, ''),
  size: Number(line.split(/\s+/)[2]),
}));
for (const name of NEEDED) if (!entries.some((entry) => entry.name === name)) problems.push(`${name} isn't in it`);
for (const {name} of entries) if (UNWANTED.test(name)) problems.push(`${name} doesn't belong in it`);
const sizes = {packed: fs.statSync(file).size, unpacked: entries.reduce((sum, {size}) => sum + size, 0)};
for (const [kind, most] of Object.entries(LARGEST)) {
  if (sizes[kind] > most) problems.push(`${sizes[kind]} bytes ${kind}, expected at most ${most}`);
}

console.log(
  `${entries.length} files, ${(sizes.packed / 1e6).toFixed(2)} MB packed, ${(sizes.unpacked / 1e6).toFixed(1)} MB unpacked`,
);
for (const problem of problems) console.error(`✗ ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
