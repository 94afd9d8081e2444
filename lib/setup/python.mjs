/** The Python environment that Jupyter runs in: the active one when it has Jupyter, else .venv. */
import fs from 'node:fs';
import path from 'node:path';
import {cache, inLib, inRoot, isInstalled} from './project.mjs';
import {run, SetupError, succeeds} from './run.mjs';
import {digestOf, isStamped, stamp} from './stamp.mjs';
import {installSystemPackages} from './systemPackages.mjs';

const requirements = inLib('setup', 'requirements.txt');
/** By what they say, not by where they lie: every project of a machine has a copy. */
const required = digestOf([], fs.readFileSync(requirements, 'utf8'));
const ownEnvironment = isInstalled ? path.join(cache, `jupyter-${required.slice(0, 8)}`) : inRoot('.venv');
const mark = path.join(ownEnvironment, '.convlab-requirements');
const HAS_JUPYTER =
  'from importlib.util import find_spec as f; import sys; sys.exit(not (f("jupyterlab") and f("nbconvert")))';

let chosen;

/** The folder of the environment in use, such as /project/.venv. */
export async function environment() {
  return (chosen ??= (await activeWithJupyter()) ?? ownEnvironment);
}

/** A program of the environment in use, such as jupyter. */
export async function binary(name) {
  return path.join(await environment(), 'bin', name);
}

async function activeWithJupyter() {
  for (const prefix of [process.env.VIRTUAL_ENV, process.env.CONDA_PREFIX]) {
    if (!prefix) continue;
    // Its own program, too: an environment may see the packages of another.
    if (fs.existsSync(path.join(prefix, 'bin', 'jupyter')) && (await hasJupyter(prefix))) return prefix;
  }
  return undefined;
}

function hasJupyter(prefix) {
  return succeeds(path.join(prefix, 'bin', 'python'), ['-c', HAS_JUPYTER]);
}

export const jupyter = {
  title: 'Jupyter',
  digest: () => digestOf([], required, ownEnvironment),
  async isDone() {
    if ((await environment()) !== ownEnvironment) return true;
    // An upgrade of Python leaves an environment that is complete and doesn't run.
    return isStamped(mark, this.digest()) && hasJupyter(ownEnvironment);
  },
  async work() {
    await createEnvironment(await findPython(), ownEnvironment);
    // pip asks an unreachable index again and again, for every package: one retry is enough. It would compile every module,
    // which takes it half its time; Python compiles the few that it uses when it first does.
    await run(
      await binary('python'),
      ['-m', 'pip', 'install', '--no-compile', '--retries', '1', '--timeout', '15', '-r', requirements],
      {
        env: {PIP_DISABLE_PIP_VERSION_CHECK: '1'},
      },
    );
    stamp(mark, this.digest());
  },
  help: `JupyterLab could not be installed into ${ownEnvironment}. Check the network or the proxy, then run this again; or activate an environment that has jupyterlab and nbconvert.`,
};

async function createEnvironment(python, folder) {
  // A half-made environment of an interrupted set-up is made anew.
  fs.rmSync(folder, {recursive: true, force: true});
  await installSystemPackages(
    "Python's venv",
    {apt: 'python3-venv', dnf: 'python3-pip', brew: 'python', conda: 'python'},
    () => succeeds(python, ['-c', 'import venv, ensurepip']),
  );
  await run(python, ['-m', 'venv', folder]);
}

/** A Python that has pip, with or without Jupyter. */
export async function pythonWithPip() {
  const python = await findPython();
  if (await succeeds(python, ['-m', 'pip', '--version'])) return python;
  const folder = path.join(cache, 'pip');
  const own = path.join(folder, 'bin', 'python');
  if (!(await succeeds(own, ['-m', 'pip', '--version']))) await createEnvironment(python, folder);
  return own;
}

async function findPython() {
  const RIGHT = 'import sys; sys.exit(sys.version_info < (3, 9))';
  for (const name of ['python3', 'python']) {
    if (await succeeds(name, ['-c', RIGHT])) return name;
  }
  throw new SetupError(
    'Jupyter needs Python 3.9 or newer, and there is none here. Install it with the line for your system:\n' +
      '    Debian, Ubuntu:  sudo apt-get install -y python3 python3-venv\n' +
      '    Fedora, RHEL:    sudo dnf install -y python3\n' +
      '    macOS:           brew install python, or the installer from python.org\n' +
      '    conda:           conda install -c conda-forge python\n' +
      '    Windows:         in WSL (Ubuntu), as for Ubuntu',
  );
}
