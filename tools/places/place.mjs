/** What the trials in this folder share: clones of the project, commands that are shown, and a verdict. */
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {root} from '../../lib/setup/project.mjs';

export const isRoot = process.getuid?.() === 0;

/** A fresh folder that goes away with the trial, as do all that it is given to. */
export function temporary(name = 'place') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `convlab-${name}-`));
  fs.chmodSync(folder, 0o755);
  process.on('exit', () => fs.rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** Clones the project as it is committed, as a user does; what is not committed yet is not tried. */
export function clone(folder) {
  const {status, stderr} = spawnSync('git', ['clone', '--quiet', '--no-hardlinks', root, folder], {encoding: 'utf8'});
  if (status !== 0) throw new Error(`git clone: ${stderr}`);
  return folder;
}

/**
 * Runs a command and gives back all that it printed.
 *
 * @param {string[]} command
 * @param {{cwd?: string, env?: Record<string, string | undefined>, user?: string, seconds?: number}} options `user`: as this
 *   user, with the environment given alone
 * @returns {Promise<{code: number, text: string, seconds: number}>}
 */
export async function run(command, {cwd = root, env = {}, user, seconds = 900} = {}) {
  const [program, ...args] = user ? ['setpriv', ...identity(user), '--', ...command] : command;
  const start = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: user ? {...registries(), ...env} : {...process.env, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  child.stdout.on('data', (bytes) => (text += bytes));
  child.stderr.on('data', (bytes) => (text += bytes));
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), seconds * 1000);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return {code: code ?? 1, text, seconds: (performance.now() - start) / 1000};
}

/** Runs what has to succeed before a trial can begin. */
export async function must(...command) {
  const {code, text} = await run(command);
  if (code !== 0) throw new Error(`${command.join(' ')}:\n${text}`);
}

/** How setpriv is told to become a user: a name, or a number that belongs to none. */
function identity(user) {
  const groups = /^\d+$/.test(user) ? '--clear-groups' : '--init-groups';
  return [`--reuid=${user}`, `--regid=${user}`, groups, '--inh-caps=-all'];
}

/**
 * A user of the system without any rights, made when there is none, with an empty home of its own.
 *
 * @returns {{user: string, home: string, env: Record<string, string>}} `env`: as after a login
 */
export function ordinaryUser() {
  if (!isRoot) throw new Error('this trial creates a user: run it as root, on a machine that you can throw away');
  const user = 'convlab-trial';
  if (spawnSync('id', [user]).status !== 0) {
    const {status, stderr} = spawnSync('useradd', ['--no-create-home', '--shell', '/bin/bash', user], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`useradd: ${stderr}`);
  }
  const home = temporary('home');
  spawnSync('chown', [`${user}:`, home]);
  const programs = [path.dirname(fs.realpathSync(process.execPath)), '/usr/local/bin', '/usr/bin', '/bin'];
  return {user, home, env: {HOME: home, USER: user, PATH: [...new Set(programs)].join(':')}};
}

/** Where npm and pip find packages on this machine, as variables: another user doesn't have this one's settings. */
export function registries() {
  const settings = Object.entries(process.env).filter(([name]) =>
    /^(pip_|npm_config_(registry|cafile)|node_extra_ca|https?_proxy|no_proxy|lang$|lc_)/i.test(name),
  );
  const {stdout} = spawnSync('python3', ['-m', 'pip', 'config', 'list'], {encoding: 'utf8'});
  for (const [, name, value] of stdout.matchAll(/^global\.([\w-]+)='(.*)'$/gm)) {
    settings.push([`PIP_${name.toUpperCase().replaceAll('-', '_')}`, value.replaceAll('\\n', ' ')]);
  }
  return Object.fromEntries(settings);
}

let failures = 0;

/** Prints one line about one trial. */
export function report(what, passed, details = '') {
  console.log(`${passed ? '✓' : '✗'} ${what}`);
  if (passed) return;
  failures++;
  console.log(details.trim().split('\n').slice(-40).join('\n').replace(/^/gm, '    '));
}

/** Ends the trial: exit code 1 when anything failed. */
export function finish() {
  process.exitCode = failures > 0 ? 1 : 0;
}

/** The lines of `npm start`'s table. */
export const table = (text) => text.match(/^\d\d-\S+ .*$/gm) ?? [];
