// Damaged and invented IDX files: npm run fuzz:idx. Right is the array that the bytes say, found by a
// reader written a second time below, or an Error of ours; within 2 s, and never memory for what a header only claims.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {argumentsOf} from '../../lib/commands/command.mjs';

const {idx} = createRequire(import.meta.url)('../../lib/dist/index.js');
const {
  values: {count, seed},
} = argumentsOf({
  usage: `npm run fuzz:idx [-- OPTION …]

Reads damaged IDX files, and fails when one gives anything but what it should or a clear error.

  --count N    how many of each kind (default: 10000)
  --seed N     which ones (default: 8)`,
  options: {count: {type: 'number', default: 10_000}, seed: {type: 'number', default: 8}},
  most: 0,
});
const folder = mkdtempSync(join(tmpdir(), 'convlab-fuzz-'));

const whole = fc
  .array(fc.nat(5), {minLength: 1, maxLength: 4})
  .chain((shape) => fc.tuple(fc.constant(shape), fc.uint8Array({minLength: product(shape), maxLength: product(shape)})))
  .map(([shape, data]) => Buffer.from([0, 0, 8, shape.length, ...shape.flatMap(bigEndian), ...data]));
const change = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'cut', 'grow', 'size'),
  at: fc.noBias(fc.nat(9999)),
  value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)),
});
const damaged = fc
  .tuple(whole, fc.array(change, {maxLength: 4}))
  .map(([bytes, changes]) => changes.reduce(apply, bytes));
const invented = fc.uint8Array({maxLength: 64}).map((bytes) => Buffer.from(bytes));
const headed = fc.uint8Array({maxLength: 64}).map((bytes) => Buffer.from([0, 0, 8, ...bytes]));
const bytes = fc.oneof(
  {weight: 6, arbitrary: damaged},
  {weight: 1, arbitrary: invented},
  {weight: 2, arbitrary: headed},
);
const form = fc.constantFrom('plain', 'plain', 'gzip', 'damaged gzip');

function apply(bytes, {kind, at, value}) {
  const i = Math.floor((at / 10_000) * bytes.length);
  // The header is where a change does something.
  if (kind === 'set') return replaced(bytes, at % 3 === 0 ? i : i % 20, [value]);
  if (kind === 'size') return replaced(bytes, 4 + 4 * (at % 4), [value, value, 0xff, value]);
  return kind === 'cut' ? bytes.subarray(0, i) : Buffer.concat([bytes, Buffer.alloc(value)]);
}

function replaced(bytes, at, values) {
  const copy = Buffer.from(bytes);
  values.forEach((value, i) => at + i < copy.length && (copy[at + i] = value));
  return copy;
}

/** The shape that the bytes have, after the description of the format; undefined when they aren't IDX. */
function shapeOf(bytes) {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 8 || bytes[3] === 0) return undefined;
  const start = 4 + 4 * bytes[3];
  if (bytes.length < start) return undefined;
  const shape = Array.from({length: bytes[3]}, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  return shape.reduce((size, length) => size * BigInt(length), 1n) === BigInt(bytes.length - start) ? shape : undefined;
}

function product(shape) {
  return shape.reduce((size, length) => size * length, 1);
}

function bigEndian(size) {
  return [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255];
}

async function outcome(path) {
  try {
    return {array: await idx.read(path)};
  } catch (error) {
    return {error};
  }
}

const seen = {loaded: 0, refused: 0, failed: 0, slowest: 0};
for (const [original, as] of fc.sample(fc.tuple(bytes, form), {numRuns: count, seed})) {
  const path = join(folder, as === 'plain' ? 'some-idx' : 'some-idx.gz');
  const zipped = as === 'plain' ? original : gzipSync(original);
  const broken = as === 'damaged gzip';
  writeFileSync(path, broken ? replaced(zipped, original.length % zipped.length, [original[2] ^ 0x55]) : zipped);
  const start = performance.now();
  const {array, error} = await outcome(path);
  seen.slowest = Math.max(seen.slowest, performance.now() - start);
  const shape = shapeOf(original);
  const data = shape && original.subarray(4 + 4 * shape.length);
  const right = array && shape && String(array.shape) === String(shape) && data.equals(array.data);
  const ours = error?.message.startsWith('some-idx') && (broken || shape === undefined);
  seen[array ? 'loaded' : 'refused']++;
  if (right || ours) continue;
  seen.failed++;
  console.log(`✗ ${as} ${original.toString('hex').slice(0, 200)}: ${error?.stack ?? `[${array.shape.join(', ')}]`}`);
}
rmSync(folder, {recursive: true});
console.log(
  `IDX: ${count} files, seed ${seed}: ${seen.loaded} loaded, ${seen.refused} refused, slowest ${Math.round(seen.slowest)} ms`,
);
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, ${seen.failed} failed`);
process.exit(seen.failed === 0 ? 0 : 1);
