/** Runs other programs: their output is kept for the error that needs it, and nothing runs for ever. */
import {spawn} from 'node:child_process';
import {instead} from './home.mjs';
import {root} from './project.mjs';
import {whenStopped} from './signals.mjs';

const HEAD = 1200;
const TAIL = 2000;
/**
 * Runs "$@" and ends its group when fd 3 is closed: by us, or by the system when we were killed. A step of a killed set-up
 * would else run on, beside the same step of the next one.
 */
const END_WITH_US = '(read _ <&3; kill -9 0) >/dev/null 2>&1 & exec "$@" 3<&-';
/** What the shell says of a program that it doesn't find. */
const NOT_FOUND = /exec: .*not found/;

/** A set-up step that can't go on: what happened, and what the user can do about it. */
export class SetupError extends Error {}

/**
 * Runs a program to its end and returns what it printed on stdout.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string>, seconds?: number}} options
 * @throws SetupError when it can't be started, fails or takes more than `seconds`
 */
export function run(program, args, {cwd = root, env = {}, seconds = 600} = {}) {
  return new Promise((resolve, reject) => {
    // A group of its own, so that a time-out ends the compilers that it started too.
    const child = spawn('/bin/sh', ['-c', END_WITH_US, 'sh', program, ...args], {
      cwd,
      env: {...process.env, ...instead(), ...env},
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    let stdout = '';
    let head = '';
    let tail = '';
    let late = false;
    const stop = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, seconds * 1000);
    const untilStopped = whenStopped(stop);
    const keep = (bytes) => {
      const text = String(bytes);
      const room = HEAD - head.length;
      head += text.slice(0, room);
      tail = (tail + text.slice(Math.max(0, room))).slice(-TAIL);
    };
    child.stdout.on('data', (bytes) => {
      stdout += bytes;
      keep(bytes);
    });
    child.stderr.on('data', keep);
    const done = (problem) => {
      clearTimeout(timer);
      untilStopped();
      if (!problem) return resolve(stdout);
      const output = (tail.length === TAIL ? `${head}\n…\n${tail}` : head + tail).trim().replace(/^/gm, '    ');
      reject(new SetupError(`${[program, ...args].join(' ')} ${problem}${output ? `\n${output}` : ''}`));
    };
    child.on('error', (error) => done(`can't start: ${error.message}`));
    child.on('exit', () => child.stdio[3].destroy());
    child.on('close', (code, signal) => {
      if (late) done(`took more than ${seconds} s and was stopped`);
      else if (code === 0) done();
      else if (code === 127 && NOT_FOUND.test(head)) done('is not installed');
      else done(signal ? `was ended by ${signal}` : `failed with exit code ${code}`);
    });
  });
}

/** Whether a program runs and succeeds, within a few seconds. */
export async function succeeds(program, args, options = {}) {
  try {
    await run(program, args, {seconds: 30, ...options});
    return true;
  } catch {
    return false;
  }
}
