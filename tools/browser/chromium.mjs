/** Finds a Chromium on this machine and starts it. Nothing is downloaded. */
import fs from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const FIXED_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** No sandbox only for root, which is what containers run as: Chromium refuses to start there otherwise. */
const FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser; each start has a new, empty profile. CHROMIUM in the environment names another program. */
export async function launch() {
  // Here, not above: it exists only after the set-up.
  const {chromium} = await import('playwright-core');
  return chromium.launch({executablePath: findChromium(), args: FLAGS});
}

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const places = [...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...FIXED_PLACES];
  const found = places.find((file) => fs.existsSync(file));
  if (!found) {
    throw new Error(
      'no Chromium here. Install it with the line for your system, or set CHROMIUM to the program:\n' +
        '    Debian:  sudo apt-get install -y chromium\n' +
        '    Fedora:  sudo dnf install -y chromium\n' +
        '    macOS:   brew install --cask chromium',
    );
  }
  return found;
}
