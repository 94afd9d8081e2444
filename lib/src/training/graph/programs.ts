import type {tf} from '../../tensorflow';
import type {LearningRate} from '../learningRate';
import {Program, type Step} from './program';

/** What a step does; each kind is recorded on its own. */
export type Kind = 'train' | 'test' | 'predict';

/**
 * The programs of one model, one for each kind of step and shape of batch. Recording costs about as much as a few
 * batches, so that a shape first has to come back: but for the first shape of a training, which will.
 */
export class Programs {
  private readonly programs = new Map<string, Program>();
  private readonly seen = new Map<string, number>();
  private readonly hopeless = new Set<Kind>();

  /**
   * @param always Whether to record every shape at its first batch, rather than when it pays.
   * @param refused Told once why a kind of step can't be recorded; it may throw.
   */
  constructor(
    private readonly always: boolean,
    private readonly refused: (kind: Kind, reason: string) => void,
  ) {}

  /** The program for these inputs; undefined when the step is to run operation by operation. */
  find(kind: Kind, inputs: tf.Tensor[], step: Step, rate?: LearningRate): Program | undefined {
    if (this.hopeless.has(kind)) return undefined;
    const key = [kind, ...inputs.map(({dtype, shape}) => `${dtype}[${shape.join()}]`)].join(' ');
    const known = this.programs.get(key);
    if (known !== undefined) return known;
    const before = this.seen.get(key) ?? 0;
    this.seen.set(key, before + 1);
    const patience = this.always || (kind === 'train' && this.seen.size === 1) ? 0 : 2;
    if (before < patience || this.programs.size >= most) return undefined;
    try {
      const program = Program.compile(inputs, step, rate);
      this.programs.set(key, program);
      return program;
    } catch (error) {
      this.hopeless.add(kind);
      this.refused(kind, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  dispose(): void {
    for (const program of this.programs.values()) program.dispose();
    this.programs.clear();
  }
}

/** Batches of ever new shapes mustn't fill the memory with programs. */
const most = 32;
