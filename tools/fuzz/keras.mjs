// Damaged model files: npm run fuzz:keras. Takes files that convlab and Keras wrote, changes, cuts,
// repeats and joins pieces of them, and loads each. Right is a model or an Error of ours, within 2 s, and no tensor left.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {zip} from './zip.mjs';

const require = createRequire(import.meta.url);
const {tf, keras} = require('../../lib/dist/index.js');
const {unzip} = require('../../lib/dist/files/zip.js');
const {
  values: {count, seed},
} = argumentsOf({
  usage: `npm run fuzz:keras [-- OPTION …]

Reads damaged model files, and fails when one gives anything but what it should or a clear error.

  --count N    how many of each kind (default: 1000)
  --seed N     which ones (default: 4)`,
  options: {count: {type: 'number', default: 1000}, seed: {type: 'number', default: 4}},
  most: 0,
});
const folder = mkdtempSync(join(tmpdir(), 'convlab-fuzz-'));
const fixtures = ['keras3.15.1-cnn', 'keras3.15.1-graph'];
console.warn = () => undefined;

/** Where a change does something: mostly in the front, where headers are, and within JSON. */
const tenThousandths = (max) => fc.noBias(fc.nat(max)).map((n) => n / 10_000);
const place = fc.oneof(tenThousandths(3000), tenThousandths(10_000));
const at = (kind, value) => fc.record({kind: fc.constant(kind), at: place, value});
const change = fc.oneof(
  {weight: 6, arbitrary: at('set', fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x30, 0x39, 0x22))},
  {weight: 6, arbitrary: at('set', fc.noBias(fc.nat(255)))},
  {weight: 1, arbitrary: at('copy', fc.noBias(fc.nat(255)))},
  {weight: 1, arbitrary: at('cut', fc.noBias(fc.nat(255)))},
  {weight: 1, arbitrary: at('end', fc.constant(0))},
);

/** A .keras file of which one entry is damaged: the checksum would give away everything else. */
async function mutateInside(bytes, changes, which) {
  const entries = [...(await unzip(bytes, () => true))];
  const damaged = entries[1 + (which % 2)];
  damaged[1] = mutate(damaged[1], changes);
  return zip(entries);
}

function mutate(bytes, changes) {
  let result = Buffer.from(bytes);
  for (const {kind, at, value} of changes) {
    const i = Math.min(Math.floor(at * result.length), Math.max(result.length - 1, 0));
    if (kind === 'set' && result.length > 0) result[i] = value;
    if (kind === 'cut') result = Buffer.concat([result.subarray(0, i), result.subarray(i + value)]);
    if (kind === 'copy') result.copyWithin(i, value, value + 64);
    if (kind === 'end') result = result.subarray(0, Math.max(i, 1));
  }
  return result;
}

let failed = 0;
for (const ext of ['h5', 'keras']) {
  const path = join(folder, `model.${ext}`);
  const originals = fixtures.map((name) =>
    readFileSync(new URL(`../../test/fixtures/keras/${name}.${ext}`, import.meta.url)),
  );
  await (
    await keras.load(new URL(`../../test/fixtures/keras/${fixtures[0]}.${ext}`, import.meta.url).pathname)
  ).dispose();
  const seen = {loaded: 0, refused: 0, slowest: 0};
  const cases = fc.sample(fc.tuple(fc.noBias(fc.nat(7)), fc.array(change, {minLength: 1, maxLength: 4})), {
    numRuns: count,
    seed,
  });
  for (const [which, changes] of cases) {
    const original = originals[which % originals.length];
    const inside = ext === 'keras' && which < 6;
    writeFileSync(path, inside ? await mutateInside(original, changes, which >> 1) : mutate(original, changes));
    const start = performance.now();
    const before = tf.memory().numTensors;
    try {
      const model = await keras.load(path);
      model.optimizer?.dispose();
      model.dispose();
      seen.loaded++;
    } catch (error) {
      seen.refused++;
      const ours = error.message.startsWith(`keras.load: ${path}: `);
      const leaked = tf.memory().numTensors - before;
      if (!ours || leaked !== 0) {
        failed++;
        console.log(`✗ .${ext} ${JSON.stringify([which, changes])}: ${error.stack}, ${leaked} tensors left`);
      }
    }
    const milliseconds = performance.now() - start;
    seen.slowest = Math.max(seen.slowest, Math.round(milliseconds));
    if (milliseconds > 2500)
      console.log(`  slow: ${Math.round(milliseconds)} ms for ${JSON.stringify([which, changes])}`);
  }
  console.log(
    `.${ext}: ${count} files, seed ${seed}: ${seen.loaded} loaded, ${seen.refused} refused, slowest ${seen.slowest} ms`,
  );
}
rmSync(folder, {recursive: true, force: true});
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
