/** Before npm packs lib/: compiles it, and lays beside it what belongs to the package but lies elsewhere in the clone. */
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {lessons, lessonsIn} from '../../lib/jupyter/notebooks.mjs';
import {inLib, inRoot} from '../../lib/setup/project.mjs';
import {COPIES, removeCopies} from './copies.mjs';

removeCopies();
fs.rmSync(inLib('dist'), {recursive: true, force: true});
const {status} = spawnSync(process.execPath, [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', inLib()], {
  // npm reads what comes on stdout, as with --json.
  stdio: ['ignore', 2, 2],
});
if (status !== 0) process.exit(1);
for (const name of COPIES) fs.copyFileSync(inRoot(name), inLib(name));
fs.mkdirSync(inLib('notebooks'));
for (const name of lessonsIn(lessons)) fs.copyFileSync(path.join(lessons, name), inLib('notebooks', name));
