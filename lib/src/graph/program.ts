import {mkdtempSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {adopt, assignNative, nativeId, runOperation, Session} from '../tfjs/binding';
import {tf} from '../tfjs/tensorflow';
import type {LearningRate} from '../tfjs/learningRate';
import {compareRecordings, rateAsInput, signatureOf} from './compare';
import {prune} from './graph';
import {record, type Recording, RecordingError} from './recording';
import {rewrite} from './rewrites';
import {saveGraph} from './savedModel';

/** Synchronous, of tensor operations only. */
export type Step = (inputs: tf.Tensor[]) => tf.Tensor[];

/**
 * A step recorded and loaded as one TensorFlow graph. It holds no weights: they go in as inputs and come out as results,
 * neither of them copied, so that the tfjs model always has them, and programs of different shapes need no agreement.
 */
export class Program {
  private readonly session: Session;
  private readonly inputNames: string;
  private readonly resultNames: string;
  /** Which of [...inputs, ...variables, rate] the graph takes. */
  private readonly taken: number[];
  private readonly variables: tf.Variable[];
  private readonly updated: tf.Variable[];

  private constructor(
    {graph, variables, updated}: Recording,
    /** What was recorded, and at which learning rate. */
    private readonly signature: string,
    private readonly recordedAt: number,
  ) {
    this.variables = variables;
    this.updated = updated;
    const small = prune(rewrite(graph));
    const saved = saveGraph(small);
    this.taken = small.inputs.map((input) => graph.inputs.indexOf(input));
    this.inputNames = saved.inputNames.join(',');
    this.resultNames = saved.resultNames.join(',');
    this.session = loadSession(saved.bytes);
  }

  /**
   * Records `step`, which leaves every variable as it was, and loads it.
   *
   * @param inputs What the step works on; a run takes others of the same shapes.
   * @param rate For a step that learns.
   * @param earlier A program that may be this step's already: it is returned when a recording says so, as recording is
   *   cheaper than loading. Nothing but a recording can tell whether the step, all JavaScript, still does the same.
   * @throws Error with the reason, for a step that can't be replayed.
   */
  static compile(inputs: tf.Tensor[], step: Step, rate?: LearningRate, earlier?: Program): Program {
    // One tensor passed twice would be one input, though the next run may pass two.
    const distinct = inputs.map((tensor, i) =>
      inputs.indexOf(tensor) < i ? runOperation('Identity', [], [tensor]) : tensor,
    );
    const recordAt = (value: number) => {
      const run = () => record(distinct, () => step(distinct));
      return rate ? rate.during(value, run) : run();
    };
    try {
      if (earlier?.isOf(recordAt(earlier.recordedAt)) === true) return earlier;
      return settle(recordAt, (recording, signature, recordedAt) => new Program(recording, signature, recordedAt));
    } finally {
      for (const tensor of distinct) if (!inputs.includes(tensor)) tensor.dispose();
    }
  }

  /** Whether this program does what was recorded, with the same variables. */
  private isOf({graph, variables, updated}: Recording): boolean {
    const same = (a: tf.Variable[], b: tf.Variable[]) => a.length === b.length && a.every((each, i) => each === b[i]);
    return same(variables, this.variables) && same(updated, this.updated) && signatureOf(graph) === this.signature;
  }

  /** Runs the step on `inputs`. @returns What the step returned; the variables have their new values. */
  run(inputs: tf.Tensor[], rate: tf.Scalar): tf.Tensor[] {
    const all = [...inputs, ...this.variables, rate];
    const ids = this.taken.map((i) => nativeId(all[i]!));
    const results = this.session.run(ids, this.inputNames, this.resultNames);
    const count = results.length - this.updated.length;
    this.updated.forEach((variable, i) => {
      assignNative(variable, results[count + i]!);
    });
    return results.slice(0, count).map(adopt);
  }

  dispose(): void {
    this.session.close();
  }
}

// Two learning rates that no one uses, to see where the rate goes.
const firstRate = 0.00731;
const secondRate = 0.01913;

/** Records until two recordings agree; the first may differ from all later ones, when the optimizer makes its variables. */
function settle<T>(
  recordAt: (rate: number) => Recording,
  make: (recording: Recording, signature: string, recordedAt: number) => T,
): T {
  const agree = (before: Recording, after: Recording, beforeRate: number, afterRate: number) => {
    const rates = compareRecordings(before.graph, after.graph, beforeRate, afterRate);
    const signature = signatureOf(after.graph);
    return make({...after, graph: rateAsInput(after.graph, rates)}, signature, afterRate);
  };
  const first = recordAt(firstRate);
  const second = recordAt(secondRate);
  try {
    return agree(first, second, firstRate, secondRate);
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return agree(second, recordAt(firstRate), secondRate, firstRate);
  }
}

function loadSession(savedModel: Uint8Array): Session {
  removeLeftovers();
  const folder = mkdtempSync(path.join(tmpdir(), PREFIX));
  try {
    writeFileSync(path.join(folder, 'saved_model.pb'), savedModel);
    return new Session(folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

const PREFIX = 'convlab-graph-';
// A folder lives for a fraction of a second.
const LEFT_BEHIND_MS = 60_000;
let removed = false;

/** Clears away, once a process, what one that was killed has left. */
function removeLeftovers(): void {
  if (removed) return;
  removed = true;
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const folder = path.join(tmpdir(), name);
    try {
      if (Date.now() - statSync(folder).mtimeMs > LEFT_BEHIND_MS) rmSync(folder, {recursive: true, force: true});
    } catch {
      // Another process was quicker, or it is another user's.
    }
  }
}
