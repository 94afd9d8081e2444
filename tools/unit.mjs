/** Sets up whatever is missing, then the tests that need no executed notebook; arguments go to jest. */
import {spawnSync} from 'node:child_process';
import {root} from '../lib/setup/project.mjs';
import {setUp} from '../lib/setup/setup.mjs';
import {jest} from './jest.mjs';

await setUp();
const [program, ...args] = jest([...process.argv.slice(2), '--testPathIgnorePatterns', '/test/notebooks/']);
process.exitCode = spawnSync(program, args, {cwd: root, stdio: 'inherit'}).status ?? 1;
