import fs from 'node:fs';
import {inRoot} from './project.mjs';
import {run} from './run.mjs';
import {digestOf, isStamped, stamp} from './stamp.mjs';

const dist = inRoot('lib', 'dist');
const mark = inRoot('lib', 'dist', '.convlab-sources');

/** The library, compiled from TypeScript to what the notebooks import. */
export const library = {
  title: 'convlab library',
  digest: () => digestOf([inRoot('lib', 'src'), inRoot('lib', 'tsconfig.json'), inRoot('tsconfig.base.json')]),
  isDone() {
    return isStamped(mark, this.digest());
  },
  async work() {
    fs.rmSync(dist, {recursive: true, force: true});
    await run(process.execPath, [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', inRoot('lib')]);
    stamp(mark, this.digest());
  },
  help: 'The library does not compile; the lines above say where.',
};
