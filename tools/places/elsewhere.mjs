/**
 * As another user, elsewhere: set-up and a notebook where paths, homes and permissions are unusual. As root, for it
 * creates a user and changes owners.
 */
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {clone, finish, must, ordinaryUser, report, run, table, temporary} from './place.mjs';

const NOTEBOOK = ['01'];
const trials = {path: oddPath, nameless, shared};
const {positionals: wanted} = argumentsOf({
  usage: `node tools/places/elsewhere.mjs [TRIAL …]

The trials ${Object.keys(trials).join(', ')}, or those named.`,
});
const unknown = wanted.filter((name) => !Object.hasOwn(trials, name));
if (unknown.length > 0)
  throw new Error(`no trial is named ${unknown.join(', ')}; there are ${Object.keys(trials).join(', ')}`);
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

/** An ordinary user and a path with spaces and foreign letters; then the same checkout for people who may only read it. */
async function oddPath() {
  const folder = checkout('Übung für Anfänger', '模型 & more', 'convlab');
  verdict('an ordinary user, a path with spaces, umlauts and Chinese letters', await start(folder, {}));

  const results = temporary('results');
  own(results);
  own(folder, 'root');
  execFileSync('chmod', ['-R', 'go-w', folder]);
  verdict('a checkout that the user may only read, results elsewhere', await start(folder, {args: ['--out', results]}));
  const mounted = `mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && cd "$1" && exec npm start -- ${NOTEBOOK.join(' ')} --out "$2"`;
  verdict(
    'a checkout on a read-only file system',
    await run(['unshare', '--mount', 'sh', '-c', mounted, 'sh', folder, results]),
  );
}

/** As containers of some clusters run: a number without a name, whose home is the root folder. */
async function nameless() {
  const folder = checkout('convlab');
  own(folder, '4242');
  verdict(
    'a user without a name, a home without write access',
    await start(folder, {user: '4242', env: {...env, USER: undefined, HOME: '/'}}),
  );
}

/** Two checkouts at once in one environment that is active, which they use and leave as it is. */
async function shared() {
  const prefix = path.join(temporary('venv'), 'my env');
  await must('env', `PATH=${env.PATH}`, 'python3', '-m', 'venv', prefix);
  await must(
    path.join(prefix, 'bin', 'pip'),
    'install',
    '--quiet',
    '--retries',
    '1',
    'jupyterlab',
    'nbconvert',
    'plotly',
  );
  own(prefix);
  const PATH = `${prefix}/bin:${env.PATH}`;
  const folders = [checkout('one'), checkout('two')];
  const both = await Promise.all(folders.map((folder) => start(folder, {env: {...env, VIRTUAL_ENV: prefix, PATH}})));
  both.forEach((result, i) => {
    verdict(`checkout ${i + 1} of two at once in one active virtual environment`, result);
  });
  const none = folders.every((folder) => !fs.existsSync(path.join(folder, '.venv')));
  report('neither checkout made an environment of its own', none);

  own(prefix, 'root');
  verdict(
    'an active environment, named as conda names it, that the user may not write to',
    await start(folders[0], {env: {...env, CONDA_PREFIX: prefix, PATH}}),
  );
}

for (const [name, trial] of Object.entries(trials)) {
  if (wanted.length === 0 || wanted.includes(name)) await trial();
}
finish();
