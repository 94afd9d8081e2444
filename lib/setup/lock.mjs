/** One set-up at a time in a checkout, one npm start in a folder: a file that names the process at work. */
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {isWritable} from './home.mjs';
import {cache, root} from './project.mjs';
import {SetupError} from './run.mjs';

const SETUP = {file: path.join(cache, 'setup.lock'), who: 'Set-up', what: 'set-up of this folder'};

/** Runs `work` while no one else does so under this lock; waits for who does, and says so. */
export async function withLock(work, {file, who, what} = SETUP) {
  const folder = path.dirname(file);
  if (!isWritable(folder)) {
    throw new SetupError(
      `This folder can't be written to: ${folder}
` + `Whoever owns ${root} runs \`npm run setup\` there; or make a copy of your own.`,
    );
  }
  fs.mkdirSync(folder, {recursive: true});
  let told = false;
  while (!take(file)) {
    const holder = readHolder(file);
    // In a container every set-up has the same number: then the holder is one that was killed.
    if (holder !== undefined && (holder === process.pid || !isAlive(holder))) {
      release(file, holder);
      continue;
    }
    if (!told) {
      const whom = `process ${holder ?? 'unknown'}; if there is none, delete ${path.relative(root, file)}`;
      console.log(`${who}: waiting for another ${what} (${whom})`);
    }
    told = true;
    await wait(500);
  }
  const leave = () => release(file, process.pid);
  process.on('exit', leave);
  try {
    return await work();
  } finally {
    leave();
    process.off('exit', leave);
  }
}

function take(file) {
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

function readHolder(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function release(file, holder) {
  if (readHolder(file) === holder) fs.rmSync(file, {force: true});
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
