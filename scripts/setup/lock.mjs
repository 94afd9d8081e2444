/** One set-up at a time in a checkout: a file that names the process at work. */
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {isWritable} from './home.mjs';
import {cache, root} from './project.mjs';
import {SetupError} from './run.mjs';

const file = path.join(cache, 'setup.lock');

/** Runs `work` while no other set-up runs in this checkout; waits for one that does. */
export async function withLock(work) {
  if (!isWritable(cache)) {
    throw new SetupError(
      `This folder is not set up, and it can't be written to: ${root}\n` +
        'Whoever owns it runs `npm run setup` there; or make a copy of your own.',
    );
  }
  fs.mkdirSync(cache, {recursive: true});
  let told = false;
  while (!take()) {
    const holder = readHolder();
    if (holder !== undefined && !isAlive(holder)) {
      release(holder);
      continue;
    }
    if (!told) console.log(`Set-up: waiting for another set-up of this folder (process ${holder ?? 'unknown'})`);
    told = true;
    await wait(500);
  }
  const leave = () => release(process.pid);
  process.on('exit', leave);
  try {
    return await work();
  } finally {
    leave();
    process.off('exit', leave);
  }
}

function take() {
  // Written under another name and linked: the lock is never there without its holder's number in it.
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, String(process.pid));
  try {
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(mine, {force: true});
  }
}

function readHolder() {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function release(holder) {
  if (readHolder() === holder) fs.rmSync(file, {force: true});
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
