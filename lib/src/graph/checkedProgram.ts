import type {NativeValues} from '../tfjs/binding';
import {tf} from '../tfjs/tensorflow';
import {sameValues} from './compare';
import type {Compiled, Program} from './program';
import {changedSetting, type Setting, type Settings} from './settings';

/** At first a step is recorded again after so many runs of a pass, later every `lookEvery`. */
const firstLooks = [1, 4, 16, 64];
const lookEvery = 256;

/**
 * A program that does what its step did when the step was last looked at, with the rules for when to look again.
 *
 * A step is JavaScript, which may decide anew, each time it runs, what it does; a replay can't. So it is recorded again
 * when one of its settings has changed, which is looked up before every run; and, where it runs code that may read more
 * than settings, when a pass begins, and in its course now and then.
 */
export class CheckedProgram {
  private program: Program;
  private values: readonly NativeValues[];
  private constants: tf.Tensor[] = [];
  private runs = 0;
  private changesInPass = 0;
  /** What `isDue` has found. */
  private changed: Setting | undefined;
  private begins = false;

  constructor(
    compiled: Compiled,
    private settings: Settings,
    private pass: number,
  ) {
    ({program: this.program, constants: this.values} = compiled);
    this.upload();
  }

  /** The program as it was when the step was last looked at. */
  get latest(): Program {
    return this.program;
  }

  /**
   * Whether to record the step before the next run.
   *
   * @param settings Its settings now.
   * @param pass The number of the pass that is under way.
   * @param closely Whether to look often in the course of the pass.
   */
  isDue(settings: Settings, pass: number, closely: boolean): boolean {
    this.begins = pass !== this.pass;
    if (this.begins) [this.pass, this.runs, this.changesInPass] = [pass, 0, 0];
    this.changed = changedSetting(this.settings, settings);
    if (this.changed !== undefined) return true;
    if (settings.code.length === 0) return false;
    return this.begins || this.runs % lookEvery === 0 || (closely && firstLooks.includes(this.runs));
  }

  /**
   * Takes over what a new recording has led to.
   *
   * @returns Why the step can't be replayed after all: within a pass, it changes again and again, or for no reason that can
   *   be seen, so that the next change would pass unnoticed.
   */
  update({program, constants}: Compiled, settings: Settings): string | undefined {
    const differs = program !== this.program || constants.some((values, i) => !sameValues(values, this.values[i]!));
    [this.program, this.settings, this.values] = [program, settings, constants];
    if (!differs) return undefined;
    this.upload();
    if (this.begins) return undefined;
    if (this.changed === undefined) return 'what it does changes in the course of an epoch';
    return ++this.changesInPass > 1 ? `it changes from batch to batch (${this.changed.name})` : undefined;
  }

  run(inputs: tf.Tensor[], number: tf.Scalar): tf.Tensor[] {
    this.runs++;
    return this.program.run(inputs, number, this.constants);
  }

  dispose(): void {
    tf.dispose(this.constants);
  }

  private upload(): void {
    tf.dispose(this.constants);
    const shapes = this.program.constantShapes;
    this.constants = this.values.map((values, i) => tf.keep(tf.tensor(values as Float32Array, shapes[i])));
  }
}
