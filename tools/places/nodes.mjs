/**
 * Node 20, 22 and 24, as the npm registry has them: under each a set-up with its native parts built anew, the tests, and
 * notebooks.
 */
import fs from 'node:fs';
import path from 'node:path';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {clone, finish, report, run, table, temporary} from './place.mjs';

const {positionals: given} = argumentsOf({
  usage: `npm run test:nodes [-- VERSION …]

Set-up, tests and a notebook under Node 20, 22 and 24, or those named, in a clone of what is committed.`,
});
const versions = given.length > 0 ? given : ['20', '22', '24'];
const NOTEBOOKS = ['04'];
/** Those need executed notebooks, or start set-ups of their own: the trials beside this one do that. */
const ELSEWHERE = ['notebooks', 'commands', 'jupyter', 'kernel', 'setup', 'tools'].map((room) => `test/${room}/`);

/** Downloads one Node by npm; the folder of its program. */
async function fetchNode(version) {
  const folder = temporary(`node${version}`);
  const name = `node-${process.platform}-${process.arch}`;
  const {code, text} = await run(['npm', 'install', '--prefix', folder, '--no-save', `${name}@${version}`], {
    cwd: folder,
  });
  if (code !== 0) throw new Error(`npm install ${name}@${version}: ${text}`);
  return path.join(folder, 'node_modules', name, 'bin');
}

const project = clone(path.join(temporary('nodes'), 'convlab'));
for (const version of versions) {
  const bin = await fetchNode(version);
  // This Node's own headers, not the ones that this machine's settings may name.
  const env = {PATH: `${bin}:${process.env.PATH}`, npm_config_nodedir: path.dirname(bin)};
  const {text: exact} = await run(['node', '--version'], {env});
  fs.rmSync(path.join(project, 'node_modules'), {recursive: true, force: true});

  const started = await run(['npm', 'start', '--', ...NOTEBOOKS], {cwd: project, env});
  for (const line of table(started.text)) console.log(`  ${line}`);
  const name = `Node ${exact.trim()}`;
  report(
    `${name}: set-up and notebook ${NOTEBOOKS.join(', ')} (${started.seconds.toFixed(0)} s)`,
    started.code === 0,
    started.text,
  );
  const tests = await run(
    [
      'npm',
      'run',
      '--silent',
      'unit',
      '--',
      '--ci',
      ...ELSEWHERE.map((folder) => `--testPathIgnorePatterns=${folder}`),
    ],
    {cwd: project, env},
  );
  const [, counted] = /^Tests: +(.*)$/m.exec(tests.text) ?? [];
  // Jest's last lines only count: the names stand where each test failed.
  const failed = new Set(tests.text.match(/^(?: +● .* › .*|FAIL .*)$/gm));
  const details = failed.size > 0 ? [...failed].join('\n') : tests.text;
  report(`${name}: ${counted ?? 'tests'} (${tests.seconds.toFixed(0)} s)`, tests.code === 0, details);
}
finish();
