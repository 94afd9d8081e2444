import {inRoot} from './project.mjs';
import {run} from './run.mjs';
import {digestOf, isStamped, stamp} from './stamp.mjs';

// In node_modules, which npm ci empties first: the mark can't outlive what it stands for.
const mark = inRoot('node_modules', '.convlab-packages');

/** The npm packages of the lock file, without running their install scripts. */
export const packages = {
  title: 'npm packages',
  digest: () => digestOf([inRoot('package-lock.json')]),
  isDone() {
    return isStamped(mark, this.digest());
  },
  async work() {
    // With NODE_ENV=production npm would leave out the kernel and the compiler.
    await run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1']);
    stamp(mark, this.digest());
  },
  help: 'npm could not install the packages. Check the network or the proxy, then run this again.',
};
