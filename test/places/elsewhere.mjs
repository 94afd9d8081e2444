/**
 * As another user, elsewhere: set-up and a notebook where paths, homes and permissions are unusual. As root, for it
 * creates a user and changes owners.
 *
 *   node test/places/elsewhere.mjs
 */
import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {clone, finish, ordinaryUser, report, run, table, temporary} from './place.mjs';

const NOTEBOOK = ['01', '05'];
const {user, env} = ordinaryUser();
const own = (folder, owner = user) => execFileSync('chown', ['-R', `${owner}:${owner}`, folder]);
const start = (cwd, options) =>
  run(['npm', 'start', '--', ...NOTEBOOK, ...(options.args ?? [])], {cwd, user, env, ...options});
const verdict = (what, {code, text, seconds}) => {
  report(`${what} (${seconds.toFixed(0)} s)`, code === 0 && table(text).every((line) => line.endsWith('passed')), text);
};

/** A checkout of the user's own, in a folder of its own. */
function checkout(...parts) {
  const top = temporary('elsewhere');
  const folder = clone(path.join(top, ...parts));
  own(top);
  return folder;
}

const odd = checkout('Übung für Anfänger', '模型 & more', 'convlab');
verdict('an ordinary user, a path with spaces, umlauts and Chinese letters', await start(odd, {}));

// What is set up stays usable for people who may read it, not write to it.
const results = temporary('results');
own(results);
own(odd, 'root');
execFileSync('chmod', ['-R', 'go-w', odd]);
verdict('a checkout that the user may only read, results elsewhere', await start(odd, {args: ['--out', results]}));
const mounted = `mount --bind -o ro "$1" "$1" && mount -o remount,bind,ro "$1" && cd "$1" && exec npm start -- ${NOTEBOOK.join(' ')} --out "$2"`;
verdict(
  'a checkout on a read-only file system',
  await run(['unshare', '--mount', 'sh', '-c', mounted, 'sh', odd, results]),
);
fs.rmSync(odd, {recursive: true});

// As containers of some clusters run: a number without a name, whose home is the root folder.
const nobody = checkout('convlab');
own(nobody, '4242');
verdict(
  'a user without a name, a home without write access',
  await start(nobody, {user: '4242', env: {...env, HOME: '/'}}),
);
fs.rmSync(nobody, {recursive: true});

const shared = path.join(temporary('venv'), 'my env');
const made =
  spawnSync('python3', ['-m', 'venv', shared], {env: {...process.env, PATH: env.PATH}}).status === 0 &&
  spawnSync(path.join(shared, 'bin', 'pip'), [
    'install',
    '--quiet',
    '--retries',
    '1',
    'jupyterlab',
    'nbconvert',
    'plotly',
  ]).status === 0;
report('a virtual environment with JupyterLab', made);
own(shared);
const active = {...env, VIRTUAL_ENV: shared, PATH: `${shared}/bin:${env.PATH}`};
const [first, second] = [checkout('one'), checkout('two')];
const both = await Promise.all([start(first, {env: active}), start(second, {env: active})]);
both.forEach((result, i) => verdict(`checkout ${i + 1} of two at once in one active virtual environment`, result));
report(
  'neither checkout made an environment of its own',
  ![first, second].some((folder) => fs.existsSync(path.join(folder, '.venv'))),
);
const conda = {...env, CONDA_PREFIX: shared, PATH: `${shared}/bin:${env.PATH}`};
own(shared, 'root');
verdict(
  'an active environment named as conda names it, which the user may not write to',
  await start(first, {env: conda}),
);
finish();
