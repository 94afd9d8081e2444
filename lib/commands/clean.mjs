import fs from 'node:fs';
import {withLock} from '../setup/lock.mjs';
import {cache, inRoot, isInstalled} from '../setup/project.mjs';
import {bytesIn} from '../setup/size.mjs';

export const command = {
  usage: `convlab clean

Deletes what the set-up has installed: Jupyter, TensorFlow's library, the kernel. The next command sets them up again.`,
  most: 0,
};

/** In the cache of a user everything that any version of convlab has set up; in a clone what belongs to it. */
export async function run() {
  const folders = (isInstalled ? [cache] : [cache, inRoot('.venv'), inRoot('node_modules')]).filter(fs.existsSync);
  if (folders.length === 0) return console.log('There is nothing to delete.');
  await withLock(() => {
    for (const folder of folders) {
      const size = Math.round(bytesIn(folder) / 1e6);
      fs.rmSync(folder, {recursive: true, force: true});
      console.log(`${folder}: deleted (${size} MB)`);
    }
  });
}
