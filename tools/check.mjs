/**
 * What can be said about the code without running it: types, lint, format, the committed notebooks. Side by side.
 *
 *   npm run check
 *   npm run check -- --thorough     without what earlier runs remember, as CI does
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {runCommand} from '../lib/commands/command.mjs';
import {inRoot, root} from '../lib/setup/project.mjs';
import {setUp} from '../lib/setup/setup.mjs';

// By its path: .bin/tsc is that of tslab's older TypeScript.
const tsc = (project) => [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', project];
const program = (name, ...args) => [fs.realpathSync(inRoot('node_modules', '.bin', name)), ...args];

/** What each check starts Node with. ESLint remembers nothing: its rules look into other files' types. */
const checks = (thorough) => ({
  types: tsc('.'),
  'types of the scripts': tsc('tsconfig.scripts.json'),
  'types of the drawing page': tsc('tools/draw'),
  lint: program('eslint', '--max-warnings', '0', '.'),
  format: program(
    'prettier',
    '--check',
    '--log-level',
    'warn',
    ...(thorough ? [] : ['--cache', '--cache-location', inRoot('.cache', 'prettier')]),
    '.',
  ),
  'committed notebooks': [inRoot('tools', 'clean-notebooks.mjs'), '--check'],
  'docs/keras-files.md': [inRoot('tools', 'keras', 'page.mjs'), '--check'],
  'notebooks for services that have Python alone': [inRoot('tools', 'hosted', 'notebooks.mjs'), '--check'],
});

/** Runs one check to its end and prints what it says, then the verdict. @returns Whether it passed. */
async function passes([name, words]) {
  const start = performance.now();
  const child = spawn(process.execPath, words, {cwd: root, stdio: ['ignore', 'pipe', 'pipe']});
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
  const [code] = await once(child, 'close');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? '' : `${said.trim()}\n`}${name}: ${code === 0 ? 'passed' : 'failed'} (${seconds} s)`);
  return code === 0;
}

await runCommand(
  {
    usage: `npm run check [-- --thorough]

Types, lint, format and the committed notebooks.`,
    options: {thorough: {type: 'boolean', default: false}},
    most: 0,
  },
  async ({values: {thorough}}) => {
    await setUp({notebooks: 'none'});
    const waiting = Object.entries(checks(thorough));
    const failed = [];
    // Two at a time: more of them would only share the processors and the memory.
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) if (!(await passes(next))) failed.push(next[0]);
    };
    await Promise.all([work(), work()]);
    if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
  },
);
