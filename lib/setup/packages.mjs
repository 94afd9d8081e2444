import fs from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {inLib, inRoot, isInstalled, packageFolder} from './project.mjs';
import {run, SetupError} from './run.mjs';
import {digestOf, isStamped, stamp} from './stamp.mjs';

/** The npm packages that convlab needs, without running their install scripts. */
export const packages = {
  title: 'npm packages',
  digest: () => digestOf([isInstalled ? inLib('package.json') : inRoot('package-lock.json')]),
  isDone() {
    return isInstalled ? missing().length === 0 : isStamped(mark, this.digest());
  },
  work: () => (isInstalled ? restore() : install()),
  help: 'npm could not install the packages. Check the network or the proxy, then run this again.',
};

const QUIET = ['--no-audit', '--no-fund', '--fetch-retries=1'];
// In node_modules, which npm ci empties first: the mark can't outlive what it stands for.
const mark = inRoot('node_modules', '.convlab-packages');

async function install() {
  // With NODE_ENV=production npm would leave out the kernel and the compiler.
  await run('npm', ['ci', '--include=dev', '--include=optional', '--ignore-scripts', ...QUIET]);
  stamp(mark, packages.digest());
}

/** npm drops an optional package whose install script fails, as that of tfjs-node does where its server can't be reached. */
const missing = () => ['canvas', '@tensorflow/tfjs-node'].filter((name) => packageFolder(name) === undefined);

/** Every call of npx installs anew, and takes away what the set-up of another call has just brought. */
const ATTEMPTS = 3;
/** Milliseconds for the other npx to come to its end. */
const PAUSE = 2000;

async function restore() {
  if (!fs.existsSync(inRoot('package.json'))) {
    throw new SetupError(`${missing().join(' and ')}: not there; install convlab again with npm's --ignore-scripts`);
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await run('npm', ['install', '--ignore-scripts', '--include=optional', ...QUIET]);
    if (missing().length === 0) return;
    if (attempt < ATTEMPTS) await wait(PAUSE);
  }
  throw new SetupError(`npm install did not bring ${missing().join(' and ')}, ${ATTEMPTS} times`);
}
