// Kills a process that saves over a file, at random moments, and loads the file.
// Then it saves into a folder that vanishes meanwhile, and, where it may mount one, on a disk that is full or read-only.
// Prints how often the old and the new file were found, and what was said.
import {fork, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {argumentsOf} from '../../../lib/commands/command.mjs';

const {tf, keras} = createRequire(import.meta.url)('../../../lib/dist/index.js');

const {
  values: {count, save},
} = argumentsOf({
  usage: `node tools/keras/measure/kill.mjs [--count N]

Kills a process that saves over a file, and loads the file.

  --count N      how often (default: 200)
  --save FILE    is that process: saves over FILE until it is killed`,
  options: {count: {type: 'number', default: 200}, save: {type: 'string'}},
  most: 0,
});
if (save) await saveForEver(save);
else await kill(count);

function model(value) {
  const made = tf.sequential();
  made.add(tf.layers.dense({inputShape: [1000], units: 1000, kernelInitializer: tf.initializers.constant({value})}));
  return made;
}

/** Saves versions 1, 2, 3, … over one file and tells before each. */
async function saveForEver(path) {
  const versions = [1, 2, 3, 4].map(model);
  for (let i = 0; ; i++) {
    process.send(i);
    await keras.save(versions[i % 4], path);
  }
}

async function kill(count) {
  const folder = mkdtempSync(join(tmpdir(), 'convlab-kill-'));
  const found = {whole: 0, damaged: 0, leftovers: 0, signals: 0};
  for (const ext of ['h5', 'keras']) {
    const path = join(folder, `model.${ext}`);
    await keras.save(model(0), path);
    for (let i = 0; i < count / 2; i++) {
      const child = fork(fileURLToPath(import.meta.url), ['--save', path], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      await new Promise((resolve) => {
        // The first save starts the thread; its second and later ones take some 100 ms.
        child.on('message', (n) => n === 1 && setTimeout(() => child.kill('SIGKILL'), Math.random() * 200));
        child.on('exit', (_code, signal) => resolve((found.signals += Number(signal === 'SIGKILL'))));
      });
      try {
        const loaded = await keras.load(path);
        const values = loaded.getWeights()[0].dataSync();
        found[values.every((value) => value === values[0]) ? 'whole' : 'damaged']++;
        loaded.dispose();
      } catch (error) {
        console.log(error.message);
        found.damaged++;
      }
      for (const name of readdirSync(folder)) {
        if (!name.endsWith('.tmp')) continue;
        found.leftovers++; // nobody is left to remove it
        rmSync(join(folder, name));
      }
    }
  }
  console.log(
    `killed ${found.signals} times: ${found.whole} whole files, ${found.damaged} damaged, ${found.leftovers} temporary files left`,
  );
  await vanish(folder);
  await fill(folder);
  rmSync(folder, {recursive: true, force: true});
}

/** Another program removes the folder while a model is saved into it. */
async function vanish(folder) {
  const said = new Map();
  for (let i = 0; i < 20; i++) {
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    setTimeout(() => rmSync(gone, {recursive: true, force: true}), i * 10);
    const outcome = await keras.save(model(1), join(gone, 'model.h5')).then(
      () => 'saved before',
      (error) => error.message.replaceAll(folder, '…'),
    );
    said.set(outcome, (said.get(outcome) ?? 0) + 1);
    rmSync(gone, {recursive: true, force: true});
  }
  console.log(`vanished folder, 20 times: ${[...said].map(([what, times]) => `${times} × "${what}"`).join(', ')}`);
}

async function fill(folder) {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]).status !== 0)
    return console.log('full disk: may not mount one');
  try {
    const path = join(disk, 'model.h5');
    await keras.save(model(0), path);
    const before = readFileSync(path);
    writeFileSync(join(disk, 'other'), Buffer.alloc(2 ** 20));
    const error = await keras.save(model(1), path).catch((failure) => failure);
    const kept = readFileSync(path).equals(before);
    console.log(`full disk: ${error.message}; old file kept: ${kept}; in the folder: ${readdirSync(disk).join(', ')}`);
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    const refused = await keras.save(model(1), path).catch((failure) => failure);
    console.log(`read-only: ${refused.message}; old file kept: ${readFileSync(path).equals(before)}`);
  } finally {
    spawnSync('umount', [disk]);
  }
}
