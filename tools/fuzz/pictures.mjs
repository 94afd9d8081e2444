// Damaged pictures: npm run fuzz:pictures. So many files of each kind: the corpus in
// test/fixtures/pictures, with pieces changed, cut out and repeated. Each is read. Right is a picture with as many values as
// its shape says, or one line of ours that names the file. Seconds and memory are counted, too.
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {changes, damage, size} from './damage.mjs';

const require = createRequire(import.meta.url);
const {readImage} = require('../../lib/dist/index.js');
const {
  values: {count, seed, only},
} = argumentsOf({
  usage: `npm run fuzz:pictures [-- OPTION …]

Reads damaged pictures, and fails when one gives anything but what it should or a clear error.

  --count N    how many of each kind (default: 10000)
  --seed N     which ones (default: 4)
  --only KIND  one of the kinds: png, svg, …`,
  options: {count: {type: 'number', default: 10_000}, seed: {type: 'number', default: 4}, only: {type: 'string'}},
  most: 0,
});
const folder = mkdtempSync(join(tmpdir(), 'convlab-fuzz-'));
const corpus = fileURLToPath(new URL('../../test/fixtures/pictures', import.meta.url));
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 2 1"><defs><linearGradient id="g">' +
  '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient></defs>' +
  '<rect width="2" height="1" fill="url(#g)"/><path d="M0 0L1 1C1 0 2 1 2 0Z" fill-opacity=".5"/></svg>';

/** How a picture is read: each damaged file in one of these ways. */
const ways = [{}, {size: 16}, {size: [7, 9], channels: 1, antialias: true}, {channels: [0], page: 0}];
const endings = ['jpg', 'png', 'gif', 'bmp', 'webp', 'avif', 'heic', 'tif'];
const originals = (ending) =>
  readdirSync(corpus)
    .filter((name) => name.endsWith(`.${ending}`))
    .map((name) => readFileSync(join(corpus, name)));

/** @type {[name: string, files: Buffer[], spoil: (bytes: any, list: any) => any][]} */
const kinds = [
  ...endings.map((ending) => /** @type {any} */ ([ending, originals(ending), damage])),
  // PNG's checksums would give most damages away.
  ['png, checksums right', originals('png'), (bytes, list) => withChecksums(damage(bytes, list))],
  ['svg', [Buffer.from(drawing)], damage],
].filter(([name]) => only === undefined || name === only);

function withChecksums(bytes) {
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) break;
    bytes.writeUInt32BE(crc(bytes.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return bytes;
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

async function verdictOn(file, way) {
  try {
    const {pixels, shape} = await readImage(file, way);
    const fits = pixels.length === size(shape) && shape.every((length) => length >= 1);
    return fits ? 'read' : `it has ${pixels.length} values in shape [${shape}]`;
  } catch (error) {
    const isOurs =
      error.constructor === Error && error.message.startsWith(`${file}: `) && !error.message.includes('\n');
    return isOurs ? 'refused' : error.stack;
  }
}

let failed = 0;
for (const [name, files, spoil] of kinds) {
  const seen = {read: 0, refused: 0, slowest: 0};
  const file = join(folder, `picture.${name.slice(0, 4).replace(/\W/, '')}`);
  for (const [i, list] of fc.sample(changes, {numRuns: count, seed}).entries()) {
    writeFileSync(file, spoil(files[i % files.length], list));
    const start = performance.now();
    const verdict = await verdictOn(file, ways[Math.floor(i / files.length) % ways.length]);
    seen.slowest = Math.max(seen.slowest, Math.round(performance.now() - start));
    if (verdict in seen) seen[verdict]++;
    else {
      failed++;
      console.log(`✗ ${name}, file ${i}: ${verdict}`);
    }
  }
  console.log(
    `${name}: ${count} files, seed ${seed}: ${seen.read} read, ${seen.refused} refused, slowest ${seen.slowest} ms`,
  );
}
rmSync(folder, {recursive: true, force: true});
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
