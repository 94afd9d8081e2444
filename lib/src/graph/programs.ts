import type {tf} from '../tfjs/tensorflow';
import type {LearningRate} from '../tfjs/learningRate';
import {type KeptPrograms, returnPrograms, takePrograms} from './programCache';
import {Program, type Step} from './program';

/** What a step does; each kind is recorded on its own. */
export type Kind = 'train' | 'test' | 'predict';

/**
 * The programs of one model, one for each kind of step and shape of batch. Recording costs about as much as a few
 * batches, so that a shape first has to come back: but for the first shape of a training, which will.
 *
 * They outlive the run: `fit` in a loop, an epoch a call, would otherwise wait for TensorFlow to load them every time.
 * A run records once before it trusts one, as layers, losses and their numbers may have changed since.
 */
export class Programs {
  private readonly kept: KeptPrograms;
  /** Those that this run has made or checked. */
  private readonly current = new Map<string, Program>();
  private readonly seen = new Map<string, number>();
  private readonly hopeless = new Set<Kind>();

  /**
   * @param model Whose steps these are.
   * @param always Whether to record every shape at its first batch, rather than when it pays.
   * @param refused Told once why a kind of step can't be recorded; it may throw.
   */
  constructor(
    model: tf.LayersModel,
    private readonly always: boolean,
    private readonly refused: (kind: Kind, reason: string) => void,
  ) {
    this.kept = takePrograms(model);
  }

  /** The program for these inputs; undefined when the step is to run operation by operation. */
  find(kind: Kind, inputs: tf.Tensor[], step: Step, rate?: LearningRate): Program | undefined {
    if (this.hopeless.has(kind)) return undefined;
    const key = [kind, ...inputs.map(({dtype, shape}) => `${dtype}[${shape.join()}]`)].join(' ');
    const known = this.current.get(key);
    if (known !== undefined) return known;
    const {programs, retired} = this.kept;
    const earlier = programs.get(key);
    const before = this.seen.get(key) ?? 0;
    this.seen.set(key, before + 1);
    const patience = this.always || earlier || (kind === 'train' && this.seen.size === 1) ? 0 : 2;
    if (before < patience || (programs.size >= most && !earlier)) return undefined;
    try {
      const program = Program.compile(inputs, step, rate, earlier);
      if (earlier && earlier !== program) retired.push(earlier);
      programs.set(key, program);
      this.current.set(key, program);
      return program;
    } catch (error) {
      this.hopeless.add(kind);
      this.refused(kind, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** The run is over. */
  close(): void {
    returnPrograms(this.kept);
  }
}

/** Batches of ever new shapes mustn't fill the memory with programs. */
const most = 32;
