import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {adopt, assignNative, DataType, nativeId, type NativeValues, runOperation, Session} from '../tfjs/binding';
import type {tf} from '../tfjs/tensorflow';
import {changedConstants, factorsOf} from './compare';
import {type Graph, prune} from './graph';
import {openConstants} from './openConstants';
import {record, type Recording, RecordingError} from './recording';
import {rewrite} from './rewrites';
import {saveGraph} from './savedModel';
import {withTemporaryFolder} from '../files/temporaryFolder';

/** Synchronous, of tensor operations only. */
export type Step = (inputs: tf.Tensor[]) => tf.Tensor[];

/** A number that a step reads and that every run is given anew, such as a learning rate. */
export interface FedNumber {
  /** Runs `f` while it is `value`. */
  during<T>(value: number, f: () => T): T;
}

/** A program, with what the constants are now that a run is given. */
export interface Compiled {
  program: Program;
  constants: readonly NativeValues[];
}

/**
 * A step recorded and loaded as one TensorFlow graph. It holds no variables: they go in as inputs and come out as
 * results, neither of them copied, so that tfjs always has their values, and programs of different shapes need no
 * agreement.
 */
export class Program {
  private readonly session: Session;
  private readonly inputNames: string;
  private readonly resultNames: string;
  /** Which of [...inputs, ...variables, number, ...constants] the graph takes. */
  private readonly taken: number[];

  private constructor(
    private readonly recorded: Recorded,
    /** Positions, among the recorded nodes, of the constants that a run is given. */
    private readonly fed: number[],
  ) {
    const graph = openConstants(recorded.graph, recorded.factors, fed);
    const small = prune(rewrite(graph));
    const saved = saveGraph(small);
    this.taken = small.inputs.map((input) => graph.inputs.indexOf(input));
    this.inputNames = saved.inputNames.join(',');
    this.resultNames = saved.resultNames.join(',');
    this.session = withTemporaryFolder('graph', (folder) => {
      writeFileSync(path.join(folder, 'saved_model.pb'), saved.bytes);
      return new Session(folder);
    });
  }

  /**
   * Records `step`, which leaves every variable as it was, and loads it.
   *
   * @param inputs What the step works on; a run takes others of the same shapes.
   * @param number For a step that reads one.
   * @param earlier A program that may be this step's already: a recording tells, at a fraction of the cost of loading.
   *   Where nothing but constants has changed since, the new program takes these as inputs, so that it need not be loaded
   *   anew when they change once more.
   * @throws RecordingError with the reason, for a step that can't be replayed.
   */
  static compile(inputs: tf.Tensor[], step: Step, number?: FedNumber, earlier?: Program): Compiled {
    // One tensor passed twice would be one input, though the next run may pass two.
    const distinct = inputs.map((tensor, i) =>
      inputs.indexOf(tensor) < i ? runOperation('Identity', [], [tensor]) : tensor,
    );
    const recordAt = (value: number) => {
      const run = () => record(distinct, () => step(distinct));
      return number ? number.during(value, run) : run();
    };
    try {
      let fed: number[] = [];
      if (earlier !== undefined) {
        const now = recordAt(earlier.recorded.at);
        const changed = earlier.changedIn(now);
        if (changed?.every((i) => earlier.fed.includes(i)) === true) return earlier.given(now.graph);
        if (changed !== undefined) fed = [...new Set([...earlier.fed, ...changed])];
      }
      const recorded = settle(recordAt);
      const program = new Program(recorded, fed.filter(canBeFed(recorded)));
      return program.given(recorded.graph);
    } finally {
      for (const tensor of distinct) if (!inputs.includes(tensor)) tensor.dispose();
    }
  }

  /** The constants that differ from those recorded; undefined when more than that does. */
  private changedIn({graph, variables, updated}: Recording): number[] | undefined {
    const same = (a: tf.Variable[], b: tf.Variable[]) => a.length === b.length && a.every((each, i) => each === b[i]);
    if (!same(variables, this.recorded.variables) || !same(updated, this.recorded.updated)) return undefined;
    try {
      return changedConstants(this.recorded.graph, graph);
    } catch (error) {
      if (error instanceof RecordingError) return undefined;
      throw error;
    }
  }

  private given({nodes}: Graph): Compiled {
    return {program: this, constants: this.fed.map((i) => nodes[i]!.constant!)};
  }

  /** The shapes of the constants that `run` is given. */
  get constantShapes(): number[][] {
    return this.fed.map((i) => [...this.recorded.graph.nodes[i]!.outputs[0]!.shape]);
  }

  /** Runs the step on `inputs`. @returns What the step returned; the variables have their new values. */
  run(inputs: tf.Tensor[], number: tf.Scalar, constants: readonly tf.Tensor[]): tf.Tensor[] {
    const {variables, updated} = this.recorded;
    const all = [...inputs, ...variables, number, ...constants];
    const ids = this.taken.map((i) => nativeId(all[i]!));
    const results = this.session.run(ids, this.inputNames, this.resultNames);
    const count = results.length - updated.length;
    updated.forEach((variable, i) => {
      assignNative(variable, results[count + i]!);
    });
    return results.slice(0, count).map(adopt);
  }

  dispose(): void {
    this.session.close();
  }
}

interface Recorded extends Recording {
  /** What the fed number was. */
  at: number;
  /** The constants that follow it, by their positions. */
  factors: Map<number, number>;
}

// Two values that no one uses for a learning rate, to see where it goes.
const firstValue = 0.00731;
const secondValue = 0.01913;

/** Records until two recordings agree; the first may differ from all later ones, when an optimizer makes its variables. */
function settle(recordAt: (value: number) => Recording): Recorded {
  const agree = (before: Recording, after: Recording, values: readonly [number, number]): Recorded => {
    const graphs = [before.graph, after.graph] as const;
    return {...after, at: values[1], factors: factorsOf(changedConstants(...graphs), graphs, values)};
  };
  const first = recordAt(firstValue);
  const second = recordAt(secondValue);
  try {
    return agree(first, second, [firstValue, secondValue]);
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return agree(second, recordAt(firstValue), [secondValue, firstValue]);
  }
}

/** Sizes and axes stay what they are: TensorFlow plans by them. */
function canBeFed({graph, factors}: Recorded): (position: number) => boolean {
  return (position) => {
    const node = graph.nodes[position];
    return node?.constant !== undefined && node.outputs[0]!.dtype === DataType.float && !factors.has(position);
  };
}
