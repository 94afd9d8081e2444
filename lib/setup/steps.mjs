/** Runs the set-up's steps: each when what it needs is done, those that need nothing of one another side by side. */
import {SetupError} from './run.mjs';

/**
 * @typedef {{title: string, help: string, isDone: () => boolean | Promise<boolean>, prepare?: () => unknown, work: () => unknown}} Step
 * @typedef {[step: Step, needs: Step[]][]} Steps
 */

/** Those that aren't done, and those that they may undo: npm empties node_modules before it fills it. */
export async function missingOf(steps) {
  const done = await Promise.all([...steps.keys()].map((step) => step.isDone()));
  const missing = new Set([...steps.keys()].filter((_, i) => !done[i]));
  for (const [step, needed] of steps) if (needed.some((other) => missing.has(other))) missing.add(step);
  return [...missing];
}

export async function runSteps(steps) {
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

export const seconds = (start) => ((performance.now() - start) / 1000).toFixed(1);
