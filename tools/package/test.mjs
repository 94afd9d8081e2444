/**
 * The package as its users get it: packed, installed into an empty folder with an empty home, and what the README promises.
 *
 *   npm run test:package                as an ordinary user where root runs it
 *   npm run test:package -- --quick     without Jupyter: import, examples, types
 */
import fs from 'node:fs';
import path from 'node:path';
import {runCommand} from '../../lib/commands/command.mjs';
import {finish, isRoot, ordinaryUser, report, run, table, temporary} from '../places/place.mjs';
import {tryExamples} from './examples.mjs';
import {pack} from './pack.mjs';

const MINUTES = 60;
/** @type {import('../../lib/commands/command.mjs').Command} */
const command = {
  usage: `npm run test:package -- [--quick]

Packs the package, installs it into an empty folder with an empty home, in a path with spaces, and tries what the README
promises: import and require, the examples, the command convlab.

  --quick    without Jupyter`,
  options: {quick: {type: 'boolean', default: false}},
  most: 0,
};

/** A user with nothing: no cache, no settings but where packages come from. */
function newcomer() {
  if (isRoot) return ordinaryUser();
  const home = temporary('home');
  return {home, user: undefined, env: {HOME: home, VIRTUAL_ENV: '', CONDA_PREFIX: '', XDG_CACHE_HOME: ''}};
}

await runCommand(command, async ({values: {quick}}) => {
  const {home, user, env} = newcomer();
  const file = path.join(home, 'convlab package.tgz');
  fs.copyFileSync(pack(), file);
  const give = (place) => isRoot && fs.chownSync(place, fs.statSync(home).uid, fs.statSync(home).gid);
  give(file);
  const folderOf = (name) => {
    const folder = path.join(home, name);
    fs.mkdirSync(folder, {recursive: true});
    give(folder);
    return folder;
  };
  const at = (cwd, words, seconds = 15 * MINUTES) => run(words, {cwd, env, user, seconds});
  /** @type {(what: string, cwd: string, words: string[], isRight?: (result: {code: number, text: string}) => boolean) => Promise<boolean>} */
  const tried = async (what, cwd, words, isRight = ({code}) => code === 0) => {
    const result = await at(cwd, words);
    const right = isRight(result);
    report(`${what} (${result.seconds.toFixed(0)} s)`, right, result.text);
    return right;
  };

  const project = folderOf('my project');
  fs.writeFileSync(path.join(project, 'package.json'), '{"private": true, "type": "module"}\n');
  give(path.join(project, 'package.json'));
  await tried('npm install, its scripts left out', project, ['npm', 'install', '--ignore-scripts', file]);
  const load = (text) => ['node', '-e', text];
  const says =
    (pattern) =>
    ({code, text}) =>
      code !== 0 && pattern.test(text);
  await tried(
    'the first import says what to type',
    project,
    load("import('convlab')"),
    says(/Type `npx convlab setup`/),
  );
  await tried('npx convlab doctor says what is missing', project, ['npx', 'convlab', 'doctor'], says(/✗ TensorFlow/));

  const second = folderOf('another project');
  fs.writeFileSync(path.join(second, 'package.json'), '{"private": true}\n');
  give(path.join(second, 'package.json'));
  // npm drops packages whose scripts fail, as where their servers can't be reached.
  await tried('npm install, its scripts run', second, ['npm', 'install', '--foreground-scripts', file]);
  await Promise.all([
    tried('npx convlab setup', project, ['npx', 'convlab', 'setup']),
    tried('npx convlab setup in another project at the same time', second, ['npx', 'convlab', 'setup']),
  ]);
  const sum =
    "console.log('sum', convlab.tf.tensor([1, 2]).sum().dataSync()[0], typeof convlab.fit, typeof convlab.keras.save)";
  const summed = ({code, text}) => code === 0 && text.includes('sum 3 function function');
  await tried('import, as an ES module', project, load(`import * as convlab from 'convlab'; ${sum}`), summed);
  await tried('require, as CommonJS', second, load(`const convlab = require('convlab'); ${sum}`), summed);
  for (const part of ['data', 'training', 'keras']) {
    const loaded = `await import('convlab/${part}'); const {createRequire} = await import('node:module');
      const files = Object.keys(createRequire(import.meta.url).cache);
      console.log(files.filter((file) => /node_modules.(canvas|plotly|jsdom|sharp|h5wasm)/.test(file)).length);`;
    const alone = ({code, text}) => code === 0 && /^0$/m.test(text);
    await tried(
      `convlab/${part} loads neither canvas nor Plotly`,
      project,
      ['node', '--input-type=module', '-e', loaded],
      alone,
    );
  }

  await tryExamples({file, folderOf, give, tried});

  if (!quick) {
    // As \`npx convlab\` works before anything is installed: here from the packed file instead of the registry.
    const npx = ['npx', '--yes', '--package', file, 'convlab'];
    const empty = folderOf('an empty folder');
    await tried('npx convlab new lessons', empty, [...npx, 'new', 'lessons'], ({code}) => {
      return code === 0 && fs.existsSync(path.join(empty, 'lessons', '01-get-started.ipynb'));
    });
    const passed = ({code, text}) => code === 0 && table(text).length === 1 && table(text)[0].endsWith('passed');
    const lessons = path.join(empty, 'lessons');
    await Promise.all([
      tried('npx convlab run 01-get-started.ipynb', lessons, [...npx, 'run', '01-get-started.ipynb'], passed),
      tried(
        'the same at the same time',
        lessons,
        [...npx, 'run', '01-get-started.ipynb', '--out', 'elsewhere'],
        passed,
      ),
    ]);
    const made = path.join(lessons, 'build', 'notebooks', '01-get-started.html');
    report('a page of it', fs.existsSync(made), made);
    const opened = `timeout --signal=INT 60 npx --yes --package "$0" convlab lab --no-browser --port 18${process.pid % 1000} 2>&1 |
      sed -n '/http:.*token=/{p;q}'`;
    await tried('npx convlab lab', lessons, ['bash', '-c', opened, file], ({text}) =>
      /127\.0\.0\.1:\d+\/lab\?token=/.test(text),
    );
    await tried('npx convlab doctor', lessons, [...npx, 'doctor']);
    await tried('npx convlab clean', lessons, [...npx, 'clean'], ({code}) => {
      return code === 0 && !fs.existsSync(path.join(home, '.cache', 'convlab', 'setup', 'setup.lock'));
    });
  }
  finish();
});
