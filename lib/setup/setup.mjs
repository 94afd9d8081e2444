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
import {tensorflow} from './tensorflow.mjs';

/** What each step needs of the others; what needs nothing of one another runs side by side. */
/**
 * @typedef {{title: string, help: string, isDone: () => boolean | Promise<boolean>, prepare?: () => unknown, work: () => unknown}} Step
 * @typedef {[step: Step, needs: Step[]][]} Steps
 */

/** @type {Steps} */
const PACKAGES = [[packages, []]];
/** @type {Steps} */
const NATIVE = [
  [canvas, [packages]],
  [tensorflow, [packages]],
];
/** @type {Steps} */
const JUPYTER = [
  [jupyter, []],
  [kernel, [jupyter]],
];
/** @type {Steps} For the magic of Python's kernel, which starts this one by itself. */
const KERNEL = [[kernel, []]];
/** @type {Steps} A package comes compiled. */
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

/** Those that aren't done, and those that they may undo: npm empties node_modules before it fills it. */
async function missingOf(steps) {
  const done = await Promise.all([...steps.keys()].map((step) => step.isDone()));
  const missing = new Set([...steps.keys()].filter((_, i) => !done[i]));
  for (const [step, needed] of steps) if (needed.some((other) => missing.has(other))) missing.add(step);
  return [...missing];
}

async function runSteps(steps) {
  const start = performance.now();
  const missing = new Set(await missingOf(steps));
  if (missing.size > 0) console.log(`Set-up: ${[...missing].map(({title}) => title).join(', ')} …`);
  const running = new Map();
  // In the order of the steps, in which each comes after those that it needs.
  for (const step of [...steps.keys()].filter((each) => missing.has(each))) {
    // Before the others are done, what needs none of them; should it fail, the work itself says so.
    const prepared = Promise.resolve(step.prepare?.()).catch(() => undefined);
    const needed = steps.get(step).map((other) => running.get(other));
    running.set(step, runStep(step, [prepared, ...needed]));
  }
  const outcomes = await Promise.allSettled(running.values());
  const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  // What failed for want of another step says nothing of its own.
  if (failed.length > 0) throw failed.find((error) => !(error instanceof NotReached)) ?? failed[0];
  console.log(`Set-up: done in ${seconds(start)} s`);
}

/** A step that a failed one was needed for. */
class NotReached extends SetupError {}

async function runStep(step, needed) {
  const start = performance.now();
  try {
    await Promise.all(needed);
  } catch (error) {
    throw new NotReached(error.message);
  }
  try {
    // Once more: packages may have brought it along, and killed set-ups may have left it done.
    if (!(await step.isDone())) await step.work();
  } catch (error) {
    console.log(`Set-up: ${step.title}: failed (${seconds(start)} s)`);
    throw error instanceof SetupError ? new SetupError(`${error.message}\n\n${step.help}`) : error;
  }
  console.log(`Set-up: ${step.title}: ${seconds(start)} s`);
}

const seconds = (start) => ((performance.now() - start) / 1000).toFixed(1);
