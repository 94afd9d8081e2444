/** Programs and libraries of the system: installed by apt when we may, else the command that does it. */
import {run, SetupError, succeeds} from './run.mjs';

/** Steps of the set-up run side by side, but apt serves one at a time. */
let previous = Promise.resolve();

/**
 * Installs packages that aren't there with apt as root; otherwise stops with the command for each package manager.
 *
 * @param {string} what what they are needed for
 * @param {{apt: string, dnf: string, brew: string, conda: string}} names
 * @param {() => Promise<boolean>} areThere
 */
export function installSystemPackages(what, names, areThere) {
  const install = async () => {
    if (!(await areThere())) await installNow(what, names);
  };
  const mine = previous.then(install);
  previous = mine.catch(() => undefined);
  return mine;
}

async function installNow(what, {apt, dnf, brew, conda}) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !(await succeeds('apt-get', ['--version']))) {
    throw new SetupError(
      `${what} needs packages of the system. Install them with the line for yours, then run this again:\n` +
        `    Debian, Ubuntu:  sudo apt-get install -y ${apt}\n` +
        `    Fedora, RHEL:    sudo dnf install -y ${dnf}\n` +
        `    macOS:           brew install ${brew}\n` +
        `    conda:           conda install -y -c conda-forge ${conda}`,
    );
  }
  const env = {DEBIAN_FRONTEND: 'noninteractive'};
  await run('apt-get', ['update', '-q'], {env, seconds: 120});
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...apt.split(' ')], {env});
}
