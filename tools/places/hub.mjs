/**
 * A class on one machine, as docs/hub.md sets it up: JupyterHub with its default proxy, four students who run notebook 04 at
 * once, how long it takes and how much memory.
 *
 * As root, for it creates users. JupyterHub is Debian's where pip has none.
 */
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {binary} from '../../lib/setup/python.mjs';
import {clone, finish, must, ordinaryUser, report, run, temporary} from './place.mjs';

const STUDENTS = ['convlab-student1', 'convlab-student2', 'convlab-student3', 'convlab-student4'];
const NOTEBOOK = 'convlab/04-build-and-train.ipynb';
const PORT = 18_000;
const TOKEN = 'of-the-trial';
const DEBIAN = '/usr/lib/python3/dist-packages';

const {
  positionals: [given],
} = argumentsOf({
  usage: `node tools/places/hub.mjs [CHECKOUT]

A class on one machine. CHECKOUT is one that is set up; without it a new clone is made.`,
  most: 1,
});
const {env} = ordinaryUser();
const folder = temporary('hub');
const checkout = given ? path.resolve(given) : clone(path.join(folder, 'convlab'));
await must('apt-get', '-qq', 'install', '--yes', '--no-install-recommends', 'jupyterhub');
// npm's proxy: Debian's runs on Debian's own Node alone.
await must('npm', 'install', '--prefix', folder, '--no-save', '--ignore-scripts', 'configurable-http-proxy@5');
// Python as students have it: root's own may lie where nobody else may look.
if (!given) await must('env', '-u', 'VIRTUAL_ENV', `PATH=${env.PATH}`, 'npm', '--prefix', checkout, 'run', 'setup');
// The checkout's own, unless another was active when it was set up.
const own = path.join(checkout, '.venv', 'bin', 'python');
const python = fs.existsSync(own) ? own : await binary('python');
addDebiansHub();
const homes = Object.fromEntries(STUDENTS.map((name) => [name, makeStudent(name)]));

const hub = spawn('/usr/bin/jupyterhub', ['-f', writeConfig()], {
  cwd: folder,
  stdio: ['ignore', fs.openSync(path.join(folder, 'log'), 'w'), fs.openSync(path.join(folder, 'errors'), 'w')],
});
try {
  await until(() => fetch(`${address()}/hub/api`).then(({ok}) => ok), 60);
  const started = performance.now();
  await Promise.all(STUDENTS.map(startServer));
  report(`${STUDENTS.length} students have a JupyterLab (${seconds(started)} s)`, true);
  const watch = watchMemory();
  const found = await Promise.all(STUDENTS.map(executeNotebook));
  const {most, each} = watch.stop();
  for (const [i, {code, text, seconds: took}] of found.entries()) {
    const {cells, failed, printed, memory} = code === 0 ? JSON.parse(text.trim().split('\n').at(-1)) : {};
    const accuracy = Number([...(printed ?? '').matchAll(/val_accuracy: (\d\.\d+)/g)].at(-1)?.[1]);
    const what = `${STUDENTS[i]}: ${cells} cells in ${took.toFixed(0)} s, val_accuracy ${accuracy}, kernel ${gigabytes(memory)} GB`;
    report(what, failed?.length === 0 && accuracy > 0.97, text);
  }
  report(`all together ${gigabytes(most)} GB, ${gigabytes(each)} GB a student`, each < 2e9);
} catch (error) {
  report('the hub', false, `${error.stack}\n${fs.readFileSync(path.join(folder, 'errors'), 'utf8')}`);
} finally {
  hub.kill();
  await wait(5000);
  for (const name of STUDENTS) spawnSync('userdel', [name]);
}
finish();

/** pip's where it has one; what Debian has comes after all that lies in the environment. */
function addDebiansHub() {
  if (spawnSync(python, ['-m', 'pip', 'install', '--quiet', '--retries', '0', 'jupyterhub']).status === 0) return;
  const {stdout} = spawnSync(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], {
    encoding: 'utf8',
  });
  fs.writeFileSync(path.join(stdout.trim(), 'debian.pth'), `${DEBIAN}\n`);
}

function makeStudent(name) {
  const home = path.join(folder, name);
  spawnSync('useradd', ['--create-home', '--home-dir', home, '--shell', '/bin/bash', name]);
  return home;
}

/** What docs/hub.md says, with this checkout, and in place of passwords a token. */
function writeConfig() {
  const [, block] = /```python\n(.*?)```/s.exec(fs.readFileSync(inRoot('docs', 'hub.md'), 'utf8')) ?? [];
  const trial = `
c.Spawner.cmd[0] = ${JSON.stringify(python)}
c.JupyterHub.bind_url = ${JSON.stringify(address())}
c.JupyterHub.hub_port = ${PORT + 1}
c.ConfigurableHTTPProxy.command = ["${process.execPath}", "${folder}/node_modules/.bin/configurable-http-proxy"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${PORT + 2}"
c.JupyterHub.authenticator_class = "jupyterhub.auth.DummyAuthenticator"
c.Authenticator.allowed_users = set(${JSON.stringify(STUDENTS)})
c.JupyterHub.services = [{"name": "trial", "api_token": ${JSON.stringify(TOKEN)}}]
c.JupyterHub.load_roles = [{"name": "trial", "services": ["trial"], "scopes": ["admin:users", "admin:servers", "access:servers"]}]
`;
  const file = path.join(folder, 'jupyterhub_config.py');
  fs.writeFileSync(file, block.replace('/opt/convlab', checkout) + trial);
  return file;
}

async function startServer(name) {
  const headers = {authorization: `token ${TOKEN}`};
  const server = `${address()}/hub/api/users/${name}`;
  const {ok, status} = await fetch(`${server}/server`, {method: 'POST', headers});
  if (!ok) throw new Error(`the server of ${name}: status ${status}`);
  await until(async () => (await (await fetch(server, {headers})).json()).servers?.['']?.ready, 180);
}

function executeNotebook(name) {
  const runtime = path.join(homes[name], '.local', 'share', 'jupyter', 'runtime');
  const script = inRoot('tools', 'places', 'hosted.py');
  return run([python, script, `${address()}/user/${name}`, TOKEN, NOTEBOOK], {
    env: {JUPYTER_RUNTIME_DIR: runtime},
    seconds: 1800,
  });
}

/** Bytes of all that students have running, every second: what processes share is counted once. */
function watchMemory() {
  let most = 0;
  const timer = setInterval(() => {
    const {stdout} = spawnSync('ps', ['-o', 'pid=', '-u', STUDENTS.join(',')], {encoding: 'utf8'});
    const sizes = stdout.trim().split(/\s+/).map(proportionalSize);
    most = Math.max(
      most,
      sizes.reduce((sum, size) => sum + size, 0),
    );
  }, 1000);
  return {
    stop() {
      clearInterval(timer);
      return {most, each: most / STUDENTS.length};
    },
  };
}

function proportionalSize(pid) {
  try {
    return Number(/^Pss: +(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It has ended.
  }
}

async function until(isSo, most) {
  for (let i = 0; i < most * 2; i++) {
    if (await isSo().catch(() => false)) return;
    await wait(500);
  }
  throw new Error(`not within ${most} s`);
}

function address() {
  return `http://127.0.0.1:${PORT}`;
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(0);
}

function gigabytes(bytes) {
  return (bytes / 1e9).toFixed(2);
}
