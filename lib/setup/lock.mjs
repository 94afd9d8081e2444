/** One set-up at a time in a checkout, one npm start in a folder: a file that names the process at work. */
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {isWritable} from './home.mjs';
import {cache, isInstalled, root, typed} from './project.mjs';
import {SetupError} from './run.mjs';

const SETUP = {
  file: path.join(cache, 'setup.lock'),
  who: 'Set-up',
  what: isInstalled ? 'set-up' : 'set-up of this folder',
};

/** A process and when it came; the oldest convlab wrote the number alone. */
const HOLDER = /^([1-9]\d{0,9})(?: (\d{4}-\d\d-\d\dT[\d:.]+Z))?$/;
/** Milliseconds for whoever writes the file in another way to finish it. */
const UNREADABLE_PATIENCE = 3000;

/** Runs `work` while no one else does so under this lock; waits for who does, and says so. */
export async function withLock(work, {file, who, what} = SETUP) {
  const folder = path.dirname(file);
  if (!isWritable(folder)) {
    throw new SetupError(
      `This folder can't be written to: ${folder}\n` +
        `Whoever owns ${root} runs \`${typed('setup')}\` there; or make a copy of your own.`,
    );
  }
  fs.mkdirSync(folder, {recursive: true});
  let told = false;
  let mine;
  while ((mine = take(file)) === undefined) {
    const holder = readHolder(file);
    if (holder === undefined) continue;
    if (isNobodys(holder)) {
      release(file, holder.text);
      continue;
    }
    if (!told && holder.pid !== undefined) {
      const whom = `process ${holder.pid} since ${holder.since}; if there is none, delete ${isInstalled ? file : path.relative(root, file)}`;
      console.log(`${who}: waiting for another ${what} (${whom})`);
      told = true;
    }
    await wait(500);
  }
  const leave = () => release(file, mine);
  process.on('exit', leave);
  try {
    return await work();
  } finally {
    leave();
    process.off('exit', leave);
  }
}

/** Takes the lock and returns its text; undefined when another has it. */
function take(file) {
  const text = `${process.pid} ${new Date().toISOString()}`;
  // Written under another name and linked: the lock is never there without its holder in it.
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, text);
  try {
    fs.linkSync(own, file);
    return text;
  } catch (error) {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  } finally {
    fs.rmSync(own, {force: true});
  }
}

/**
 * Who holds the lock: without a `pid` when the file says nothing that can be read. Undefined when there is none.
 *
 * @returns {{text?: string, pid?: number, since?: string, age: number} | undefined} `age` in milliseconds
 */
function readHolder(file) {
  const found = fs.statSync(file, {throwIfNoEntry: false});
  if (found === undefined) return undefined;
  const age = Date.now() - found.mtimeMs;
  const text = readText(file);
  const [, pid, since] = HOLDER.exec(text ?? '') ?? [];
  if (pid === undefined) return {text, age};
  return {text, age, pid: Number(pid), since: new Date(since ?? found.mtimeMs).toLocaleString('sv')};
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * In a container every set-up has the same number: a holder with ours is one that was killed.
 *
 * @param {{pid?: number, age: number}} holder
 */
function isNobodys({pid, age}) {
  // A time to come means that the clock was set back.
  if (pid === undefined) return Math.abs(age) > UNREADABLE_PATIENCE;
  return pid === process.pid || !isAlive(pid);
}

/** Another may have taken it meanwhile: only the lock that was looked at goes. */
function release(file, text) {
  if (readText(file) === text) fs.rmSync(file, {force: true, recursive: true});
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
