// Damaged data files: npm run fuzz:data -- [count] [seed]. So many .npy and .npz files, which are parsed here, and a
// tenth of it of each kind of picture, which sharp reads. Takes NumPy's files and pictures, changes, cuts and repeats
// pieces of them, and reads each. Right is an array or picture of the size that it says, or an Error of ours.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const {npy, npz, readImage} = require('../../lib/dist/index.js');
const {unzip, zip} = require('../../lib/dist/files/zip.js');
const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 4);
const folder = mkdtempSync(join(tmpdir(), 'convlab-fuzz-'));
const fixture = (name) => readFileSync(new URL(`../../test/fixtures/numpy/${name}`, import.meta.url));

/** Half of the changes fall into the first 200 bytes, where headers are. */
const place = fc.oneof(fc.nat(200), fc.nat(20_000));
const byte = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x30, 0x39, 0x2c), fc.nat(255));
const kind = fc.constantFrom('set', 'set', 'set', 'cut', 'copy', 'end');
const changes = fc.array(fc.record({kind, at: place, value: byte}), {minLength: 1, maxLength: 4});

function mutate(bytes, list) {
  let result = Buffer.from(bytes);
  for (const {kind, at, value} of list) {
    const i = at % Math.max(result.length, 1);
    if (kind === 'set' && result.length > 0) result[i] = value;
    if (kind === 'cut') result = Buffer.concat([result.subarray(0, i), result.subarray(i + value)]);
    if (kind === 'copy') result.copyWithin(i, value, value + 16);
    if (kind === 'end') result = result.subarray(0, Math.max(i, 1));
  }
  return result;
}

const size = (shape) => shape.reduce((product, length) => product * length, 1);
const arraysFit = (arrays) => Object.values(arrays).every(({shape, data}) => data.length === size(shape));
/** The same in every run, and without the large plain areas that pack well. */
const dots = Uint8Array.from({length: 40 * 30 * 3}, (_, i) => (i * 7919 + (i >> 5) * 31) % 256);
const drawing = sharp(dots, {raw: {width: 40, height: 30, channels: 3}});

/** Of each kind: an original, how it is damaged, and how it is read. The last says whether what was read makes sense. */
const kinds = [
  ['npy', fixture('version1.npy'), mutate, async (file) => arraysFit({array: await npy.read(file)})],
  ['npz', fixture('deflated.npz'), mutate, async (file) => arraysFit(await npz.read(file))],
  ['npz, inside', fixture('keras.npz'), mutateInside, async (file) => arraysFit(await npz.read(file))],
];
for (const format of ['png', 'jpeg', 'gif', 'webp', 'tiff']) {
  const fits = async (file) => (({shape, pixels}) => pixels.length === size(shape))(await readImage(file, {size: 16}));
  kinds.push([format, await drawing.clone().toFormat(format).toBuffer(), mutate, fits]);
}

/** A .npz file of which one array is damaged: the checksum would give away everything else. */
async function mutateInside(bytes, list) {
  const entries = [...(await unzip(bytes, () => true))];
  const damaged = entries[list[0].value % entries.length];
  damaged[1] = mutate(damaged[1], list);
  return zip(entries);
}

let failed = 0;
for (const [name, original, damage, fits] of kinds) {
  const numRuns = name.startsWith('np') ? count : Math.ceil(count / 10);
  const seen = {read: 0, refused: 0, slowest: 0};
  const file = join(folder, `file.${name.slice(0, 3)}`);
  for (const list of fc.sample(changes, {numRuns, seed})) {
    writeFileSync(file, await damage(original, list));
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
    `${name}: ${numRuns} files, seed ${seed}: ${seen.read} read, ${seen.refused} refused, slowest ${seen.slowest} ms`,
  );
}
rmSync(folder, {recursive: true, force: true});
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
