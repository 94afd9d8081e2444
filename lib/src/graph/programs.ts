import {isOutOfMemory} from '../tfjs/binding';
import type {tf} from '../tfjs/tensorflow';
import {CheckedProgram} from './checkedProgram';
import {type FedNumber, Program, type Step} from './program';
import {type OwnedPrograms, returnPrograms, sameTypes, takePrograms, type TensorTypes} from './programCache';
import {changedPlace, ownState} from './ownState';
import {RecordingError} from './recording';
import {changedSetting, restore, type Settings} from './settings';

/** One of an owner's steps. */
export interface NamedStep<Name> {
  name: Name;
  run: Step;
  /** The number that it reads anew each time, if there is one. */
  number?: FedNumber | undefined;
  /** What else it reads, looked up when asked. */
  settings: () => Settings;
  /** Whether its first inputs are sure to be followed by others of the same shapes. */
  comesBack: boolean;
}

/** The inputs that have come so far for a step. */
interface Seen<Name> {
  name: Name;
  inputs: TensorTypes;
  times: number;
  /** The pass that is under way, and how often in it. */
  pass: number;
  timesInPass: number;
  program?: CheckedProgram;
}

/**
 * The programs of one owner in one run, one for each of its steps and shapes of inputs. Recording costs about as much as a
 * few batches, so that a shape first has to come back.
 *
 * Programs outlive the run: `fit` in a loop, an epoch a call, would otherwise wait for TensorFlow to load them every time.
 * A run records once before it trusts one, as what the step does may have changed since.
 */
export class Programs<Name> {
  private readonly cached: OwnedPrograms<Name>;
  private readonly seen: Seen<Name>[] = [];
  private readonly eager = new Set<Name>();
  private readonly eagerRuns = new Map<Name, number>();
  private pass = 0;
  private closely = true;

  /**
   * @param owner Whose steps these are.
   * @param always Whether to record every shape the first time it comes, rather than when it pays.
   * @param refused Told once why a step can't be replayed; it may throw.
   */
  constructor(
    owner: object,
    private readonly always: boolean,
    private readonly refused: (name: Name, reason: string) => void,
  ) {
    this.cached = takePrograms(owner);
  }

  /**
   * Another pass begins: what steps do may have changed.
   *
   * @param closely Whether code of the user's runs between the batches, which may change it once more.
   */
  beginPass(closely: boolean): void {
    this.pass++;
    this.closely = closely || this.pass === 1;
  }

  /** The program for these inputs; undefined when the step is to run operation by operation. */
  find(step: NamedStep<Name>, inputs: tf.Tensor[]): CheckedProgram | undefined {
    const {name} = step;
    if (this.eager.has(name)) return undefined;
    const seen = this.see(name, inputs);
    const settings = step.settings();
    if (settings.code.length > 0 && !this.always && seen.timesInPass <= PATIENCE) return undefined;
    const earlier = seen.program?.latest ?? this.cached.find(name, inputs);
    if (seen.program?.isDue(settings, this.pass, this.closely) === false) return seen.program;
    if (earlier === undefined && !this.pays(step, seen)) return undefined;
    try {
      const compiled = Program.compile(inputs, keepingSettings(step), step.number, earlier);
      this.cached.set(name, inputs, compiled.program);
      const problem = seen.program?.update(compiled, settings);
      if (problem !== undefined) throw new RecordingError(problem);
      return (seen.program ??= new CheckedProgram(compiled, settings, this.pass));
    } catch (error) {
      if (isOutOfMemory(error)) throw error;
      this.eager.add(name);
      this.refused(name, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /**
   * Runs a step operation by operation, for once or because it can't be replayed, and sees in the second such run whether it
   * changes what only code of its own can see: it then stays so, as a replay wouldn't change that. (The first may prepare
   * something for all later ones.)
   */
  runEagerly(step: NamedStep<Name>, inputs: tf.Tensor[]): tf.Tensor[] {
    const {name, run} = step;
    const times = (this.eagerRuns.get(name) ?? 0) + 1;
    this.eagerRuns.set(name, times);
    if (times !== WATCHED_RUN || this.eager.has(name)) return run(inputs);
    const {before, changed} = watch(step, true);
    const results = run(inputs);
    const {place} = before.code.length === 0 ? {} : changed();
    if (place !== undefined) {
      this.eager.add(name);
      this.refused(name, changesItself(place));
    }
    return results;
  }

  /** The run is over. */
  close(): void {
    for (const {program} of this.seen) program?.dispose();
    returnPrograms(this.cached);
  }

  private see(name: Name, inputs: tf.Tensor[]): Seen<Name> {
    const known = this.seen.find((each) => each.name === name && sameTypes(each.inputs, inputs));
    const types = inputs.map(({dtype, shape}) => ({dtype, shape}));
    const seen = known ?? {name, inputs: types, times: 0, pass: this.pass, timesInPass: 0};
    if (known === undefined) this.seen.push(seen);
    if (seen.pass !== this.pass) [seen.pass, seen.timesInPass] = [this.pass, 0];
    seen.times++;
    seen.timesInPass++;
    return seen;
  }

  private pays({comesBack}: NamedStep<Name>, {times}: Seen<Name>): boolean {
    const isFirst = comesBack && this.seen.length === 1;
    return (this.always || isFirst || times > PATIENCE) && this.cached.count < MOST_PROGRAMS;
  }
}

/**
 * A shape runs operation by operation this often before it is recorded; in every pass anew, where the user's code has to be
 * looked at again in each. Recording sooner costs more than it saves where few batches follow.
 */
const PATIENCE = 2;
/** The first run may prepare something for all later ones. */
const WATCHED_RUN = 2;

/** Batches of ever new shapes mustn't fill the memory with programs. */
const MOST_PROGRAMS = 32;

/** The step, which must leave as they are its settings and what its own code sees: a replay wouldn't change them. */
function keepingSettings<Name>(step: NamedStep<Name>): Step {
  let isFirst = true;
  return (inputs) => {
    const {before, changed} = watch(step, !isFirst);
    isFirst = false;
    let results: tf.Tensor[];
    try {
      results = step.run(inputs);
    } catch (error) {
      restore(before);
      throw error;
    }
    const {setting, place} = changed();
    if (setting !== undefined) restore(before);
    if (place === undefined) return results;
    for (const result of results) result.dispose();
    throw new RecordingError(changesItself(place));
  };
}

/**
 * Notes what a step runs with.
 *
 * @param closely Whether what only its own code sees is noted, too.
 * @returns `changed` says after the run what it has changed itself.
 */
function watch<Name>({settings}: NamedStep<Name>, closely: boolean) {
  const before = settings();
  const {code} = before;
  const seen = closely && code.length > 0 ? ownState(code) : undefined;
  const changed = () => {
    const setting = changedSetting(before, settings());
    return {setting, place: setting?.name ?? (seen && changedPlace(seen, ownState(code)))};
  };
  return {before, changed};
}

function changesItself(place: string): string {
  return `it changes something itself each time (${place})`;
}
