/**
 * Sets up whatever is missing: npm's packages, the native libraries, Jupyter with the TypeScript kernel, the library.
 * Each step first looks whether it is done, so that a second run takes a second, and an interrupted one goes on.
 *
 *   node lib/setup/setup.mjs
 */
import './node.cjs';
import {pathToFileURL} from 'node:url';
import {canvas} from './canvas.mjs';
import {kernel} from './kernel.mjs';
import {library} from './library.mjs';
import {withLock} from './lock.mjs';
import {packages} from './packages.mjs';
import {jupyter} from './python.mjs';
import {SetupError} from './run.mjs';
import {tensorflow} from './tensorflow.mjs';

// Jupyter before TensorFlow: its environment's pip fetches the wheel.
const STEPS = [packages, canvas, jupyter, tensorflow, kernel, library];

/** Brings the project to where every command works; ends the process with an error that helps when it can't. */
export async function setUp() {
  try {
    checkSystem();
    const start = performance.now();
    // Looked at before the lock is taken: a complete project may lie where nothing can be written.
    if (await isComplete()) console.log(`Set-up: complete (${seconds(start)} s)`);
    else await withLock(runSteps);
  } catch (error) {
    console.error(`\nSet-up stopped. ${error instanceof SetupError ? error.message : error.stack}`);
    process.exit(1);
  }
}

function checkSystem() {
  if (process.platform === 'win32') {
    throw new SetupError('On Windows convlab runs in WSL: `wsl --install` in PowerShell, then all commands in Ubuntu');
  }
}

async function isComplete() {
  for (const step of STEPS) if (!(await step.isDone())) return false;
  return true;
}

async function runSteps() {
  const start = performance.now();
  for (const step of STEPS) {
    if (await step.isDone()) continue;
    const begin = performance.now();
    const say = progress(step.title);
    try {
      await step.work();
    } catch (error) {
      say('failed');
      throw error instanceof SetupError ? new SetupError(`${error.message}\n\n${step.help}`) : error;
    }
    say(`${seconds(begin)} s`);
  }
  console.log(`Set-up: done in ${seconds(start)} s`);
}

/** Names a step at once and finishes its line with the outcome. */
function progress(title) {
  process.stdout.write(`Set-up: ${title} … `);
  return (outcome) => process.stdout.write(`${outcome}\n`);
}

const seconds = (start) => ((performance.now() - start) / 1000).toFixed(1);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await setUp();
