/**
 * Sets up whatever is missing: npm's packages, the native libraries, Jupyter with the TypeScript kernel, the library.
 * Each step first looks whether it is done, so that a second run takes a second, and an interrupted one goes on.
 */
import './node.cjs';
import {canvas} from './canvas.mjs';
import {kernel} from './kernel.mjs';
import {library} from './library.mjs';
import {withLock} from './lock.mjs';
import {packages} from './packages.mjs';
import {isInstalled} from './project.mjs';
import {jupyter} from './python.mjs';
import {SetupError} from './run.mjs';
import {missingOf, runSteps, seconds} from './steps.mjs';
import {tensorflow} from './tensorflow.mjs';

/** What each step needs of the others; what needs nothing of one another runs side by side. */
/** @type {import('./steps.mjs').Steps} */
const PACKAGES = [[packages, []]];
/** @type {import('./steps.mjs').Steps} */
const NATIVE = [
  [canvas, [packages]],
  [tensorflow, [packages]],
];
/** @type {import('./steps.mjs').Steps} */
const JUPYTER = [
  [jupyter, []],
  [kernel, [jupyter]],
];
/** @type {import('./steps.mjs').Steps} For the magic of Python's kernel, which starts this one by itself. */
const KERNEL = [[kernel, []]];
/** @type {import('./steps.mjs').Steps} A package comes compiled. */
const LIBRARY = isInstalled ? [] : [[library, [packages]]];

/**
 * Brings convlab to where every command works; ends the process with an error that helps when it can't.
 *
 * @param {{withNative?: boolean, notebooks?: 'here' | 'in Python' | 'none'}} options `withNative`: what calculates and draws.
 *   `notebooks`: opened by a Jupyter of ours, or as cells of Python's kernel; a program that imports convlab needs neither
 */
export async function setUp({withNative = true, notebooks = 'here'} = {}) {
  const jupyterSteps = {here: JUPYTER, 'in Python': KERNEL, none: []}[notebooks];
  const steps = new Map([...PACKAGES, ...(withNative ? NATIVE : []), ...jupyterSteps, ...LIBRARY]);
  try {
    checkSystem();
    const start = performance.now();
    // Looked at before the lock is taken: a complete project may lie where nothing can be written.
    if ((await missingOf(steps)).length === 0) console.log(`Set-up: complete (${seconds(start)} s)`);
    else await withLock(() => runSteps(steps));
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
