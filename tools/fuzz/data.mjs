// Damaged data files: npm run fuzz:data. So many .npy and .npz files: takes NumPy's, changes, cuts and
// repeats pieces of them, and reads each. Right is an array of the size that it says, or an Error of ours.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {changes, damage, size} from './damage.mjs';
import {zip} from './zip.mjs';

const require = createRequire(import.meta.url);
const {npy, npz} = require('../../lib/dist/index.js');
const {unzip} = require('../../lib/dist/files/zip.js');
const {
  values: {count, seed},
} = argumentsOf({
  usage: `npm run fuzz:data [-- OPTION …]

Reads damaged .npy and .npz files, and fails when one gives anything but what it should or a clear error.

  --count N    how many of each kind (default: 10000)
  --seed N     which ones (default: 4)`,
  options: {count: {type: 'number', default: 10_000}, seed: {type: 'number', default: 4}},
  most: 0,
});
const folder = mkdtempSync(join(tmpdir(), 'convlab-fuzz-'));
const fixture = (name) => readFileSync(new URL(`../../test/fixtures/numpy/${name}`, import.meta.url));

const arraysFit = (arrays) => Object.values(arrays).every(({shape, data}) => data.length === size(shape));
/** Of each kind: an original, how it is damaged, and how it is read. The last says whether what was read makes sense. */
/** @type {[name: string, original: Buffer, damage: (bytes: any, list: any) => any, fits: (file: string) => Promise<boolean>][]} */
const kinds = [
  ['npy', fixture('version1.npy'), damage, async (file) => arraysFit({array: await npy.read(file)})],
  ['npz', fixture('deflated.npz'), damage, async (file) => arraysFit(await npz.read(file))],
  ['npz, inside', fixture('keras.npz'), damageInside, async (file) => arraysFit(await npz.read(file))],
];
/** A .npz file of which one array is damaged: the checksum would give away everything else. */
async function damageInside(bytes, list) {
  const entries = [...(await unzip(bytes, () => true))];
  const damaged = entries[list[0].value % entries.length];
  damaged[1] = damage(damaged[1], list);
  return zip(entries);
}

let failed = 0;
for (const [name, original, spoil, fits] of kinds) {
  const seen = {read: 0, refused: 0, slowest: 0};
  const file = join(folder, `file.${name.slice(0, 3)}`);
  for (const list of fc.sample(changes, {numRuns: count, seed})) {
    writeFileSync(file, await spoil(original, list));
    const start = performance.now();
    let verdict = 'read';
    try {
      if (!(await fits(file))) verdict = 'the size is not that of the shape';
    } catch (error) {
      verdict = error.message.includes('file.') && error.constructor === Error ? 'refused' : error.stack;
    }
    seen.slowest = Math.max(seen.slowest, Math.round(performance.now() - start));
    if (verdict in seen) seen[verdict]++;
    else {
      failed++;
      console.log(`✗ ${name} ${JSON.stringify(list)}: ${verdict}`);
    }
  }
  console.log(
    `${name}: ${count} files, seed ${seed}: ${seen.read} read, ${seen.refused} refused, slowest ${seen.slowest} ms`,
  );
}
rmSync(folder, {recursive: true, force: true});
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
