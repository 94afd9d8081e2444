// How fast folders of pictures are read: imageFolder.stream and .load beside Keras's image_dataset_from_directory and
// PyTorch's DataLoader with a worker a processor, which does what torchvision's ImageFolder does. Each in a process of its own, in turn, so that whatever else the
// machine does strikes all alike. Writes IMAGES.md.
// The files lie in build/bench-images.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {argumentsOf} from '../lib/commands/command.mjs';
import {findPython} from './python.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const {
  values: {rounds},
} = argumentsOf({
  usage: `npm run bench:images [-- --rounds N]

How fast folders of pictures are read; about ten minutes after the first run, which makes the files. Writes bench/IMAGES.md.
Python as for npm run bench.

  --rounds N    how often each contender starts (default: 3)`,
  options: {rounds: {type: 'number', default: 3}},
  most: 0,
});
const BATCH = 128;
/** The first warms up: it loads the libraries' code. */
const PASSES = 3;

/** Folders, and the side that their pictures are brought to. */
const folders = [
  {title: '60,000 of 32 × 32', count: 60_000, height: 32, width: 32, size: 32},
  {title: '2,000 of 100 × 100', count: 2_000, height: 100, width: 100, size: 100},
  {title: '400 of 640 × 480', count: 400, height: 480, width: 640, size: 224},
  {title: '200 of 1800 × 1200', count: 200, height: 1200, width: 1800, size: 224},
];

const python = findPython(['keras', 'tensorflow-cpu', 'torch', 'pillow']);
if (python === undefined) throw new Error('bench:images: Python with Keras, PyTorch and Pillow is needed');

/** Who takes part: a program, and what it is told. */
const contenders = [
  {title: 'convlab, stream', command: [process.execPath, path.join(here, 'images.cjs'), 'stream']},
  {title: 'convlab, load', command: [process.execPath, path.join(here, 'images.cjs'), 'load']},
  {title: 'Keras', command: [python, path.join(here, 'images.py'), 'keras']},
  {title: 'PyTorch', command: [python, path.join(here, 'images.py'), 'pytorch']},
];

function filesOf({count, height, width}) {
  const folder = path.join(here, '../build/bench-images', `${width}x${height}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}.making`;
  rmSync(making, {recursive: true, force: true});
  mkdirSync(making, {recursive: true});
  execFileSync(python, [path.join(here, 'images.py'), 'make', making, count, height, width].map(String));
  renameSync(making, folder);
  return folder;
}

/** @param {{command: string[]}} contender */
function measure({command: [program, ...words]}, folder, size) {
  const numbers = [size, BATCH, PASSES].map(String);
  const output = execFileSync(program, [...words, folder, ...numbers], {
    env: {...process.env, TF_CPP_MIN_LOG_LEVEL: '3'},
    stdio: ['ignore', 'pipe', process.env.BENCH_LOG ? 'inherit' : 'ignore'],
    encoding: 'utf8',
  });
  const {rates, peak} = JSON.parse(output.trim().split('\n').at(-1));
  return {rates: rates.slice(1), peak};
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const whole = (number) => Math.round(number).toLocaleString('en');

/** After each row, so that a run that is cut off leaves what it has measured. */
function writePage(rows) {
  const load = os
    .loadavg()
    .map((number) => number.toFixed(1))
    .join(', ');
  writeFileSync(
    path.join(here, 'IMAGES.md'),
    `# Results of \`npm run bench:images\`

${os.cpus()[0].model.trim()}, ${os.availableParallelism()} cores, Node ${process.version}; load average at the end ${load}.

JPEGs of quality 90, read in batches of ${BATCH} in random order and brought to a square: pictures a second, the median of
${rounds * (PASSES - 1)} passes after one to warm up in each process, the slowest and fastest in parentheses; and the process's peak
memory (PyTorch's workers come on top of it). The contenders take turns. PyTorch's DataLoader has a worker a core and reads
with Pillow, as torchvision's ImageFolder does; torchvision itself isn't there for every PyTorch. convlab decodes with the accurate
transform, whose values are Pillow's; Keras with the fast one, which costs less and whose values differ by a few levels.

| files | ${contenders.map(({title}) => title).join(' | ')} |
| --- | ${contenders.map(() => '---').join(' | ')} |
${rows.join('\n')}
`,
  );
}

const rows = [];
for (const folder of folders) {
  const files = filesOf(folder);
  const results = contenders.map(() => ({rates: [], peaks: []}));
  for (let round = 0; round < rounds; round++) {
    contenders.forEach((contender, i) => {
      const {rates, peak} = measure(contender, files, folder.size);
      results[i].rates.push(...rates);
      results[i].peaks.push(peak);
    });
  }
  const cells = results.map(
    ({rates, peaks}) =>
      `${whole(median(rates))} (${whole(Math.min(...rates))}–${whole(Math.max(...rates))}), ${median(peaks)} MB`,
  );
  rows.push(`| ${folder.title} → ${folder.size} | ${cells.join(' | ')} |`);
  console.log(rows.at(-1));
  writePage(rows);
}
