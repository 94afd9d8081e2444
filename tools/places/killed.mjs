/**
 * Kills set-ups at random moments and goes on with the next in the same folder; the last one runs to its end.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {clone, finish, report, run, table, temporary} from './place.mjs';

const {
  values: {kills},
} = argumentsOf({
  usage: `node tools/places/killed.mjs [--kills N]

Kills set-ups at random moments; the last one has to succeed.

  --kills N    how many (default: 30)`,
  options: {kills: {type: 'number', default: 30}},
  most: 0,
});
/** The longest step takes half a minute alone: most kills come later than that, and the next set-up meets the next step. */
const SECONDS = 60;
const project = clone(path.join(temporary('killed'), 'convlab'));
const during = new Map();
let killed = 0;
let refused = '';
while (killed < kills && refused === '') {
  const child = spawn(process.execPath, ['lib/bin/convlab.cjs', 'setup'], {cwd: project});
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (text += bytes));
  const closed = once(child, 'close');
  await Promise.race([closed, wait(1000 * SECONDS * Math.random())]);
  if (child.exitCode === null) {
    // Only the set-up itself: what it has started is to end by itself.
    child.kill('SIGKILL');
    killed++;
    const step = /.*Set-up: (.*?)(?: …|:)/s.exec(text)?.[1] ?? 'before the first step';
    during.set(step, (during.get(step) ?? 0) + 1);
  } else if (child.exitCode !== 0) refused = text;
  else for (const made of ['node_modules', '.venv', '.cache']) fs.rmSync(path.join(project, made), {recursive: true});
  await closed;
}
for (const [step, times] of during) console.log(`  ${times} × ${step}`);
report(`${killed} set-ups killed, and each that came after went on`, refused === '', refused);
const {code, text, seconds} = await run(['npm', 'start', '--', '01'], {cwd: project});
const right = code === 0 && table(text).every((line) => line.endsWith('passed'));
report(`the last one, and notebook 01 (${seconds.toFixed(0)} s)`, right, text);
finish();
