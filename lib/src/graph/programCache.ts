import type {tf} from '../tfjs/tensorflow';
import type {Program} from './program';

/** What a program goes by: the types and shapes of its inputs. */
export type TensorTypes = readonly Pick<tf.Tensor, 'dtype' | 'shape'>[];

/** A program that stays loaded: for which of its owner's steps, and for which inputs. */
export interface CachedProgram<Name> {
  step: Name;
  inputs: TensorTypes;
  program: Program;
}

/** The programs of one owner. Whoever takes them gives them back. */
export class OwnedPrograms<Name> {
  /** How many runs use them. */
  users = 0;
  private readonly cached: CachedProgram<Name>[] = [];
  /** Replaced by others while somebody may still run them. */
  private readonly retired: Program[] = [];

  get all(): readonly CachedProgram<Name>[] {
    return this.cached;
  }

  get count(): number {
    return this.cached.length;
  }

  find(step: Name, inputs: TensorTypes): Program | undefined {
    return this.at(step, inputs)?.program;
  }

  /** Keeps a program, in place of the one that there is for the same inputs. */
  set(step: Name, inputs: TensorTypes, program: Program): void {
    const known = this.at(step, inputs);
    if (known === undefined) {
      this.cached.push({step, inputs: inputs.map(({dtype, shape}) => ({dtype, shape})), program});
    } else if (known.program !== program) {
      this.retired.push(known.program);
      known.program = program;
      // With one user, it is the one that has replaced it.
      if (this.users === 1) this.disposeRetired();
    }
  }

  disposeRetired(): void {
    for (const program of this.retired.splice(0)) program.dispose();
  }

  disposeAll(): void {
    this.disposeRetired();
    for (const {program} of this.cached.splice(0)) program.dispose();
  }

  private at(step: Name, inputs: TensorTypes): CachedProgram<Name> | undefined {
    return this.cached.find((each) => each.step === step && sameTypes(each.inputs, inputs));
  }
}

/** Whether tensors of these types and shapes can take each other's place. */
export function sameTypes(a: TensorTypes, b: TensorTypes): boolean {
  const same = (each: TensorTypes[number], other: TensorTypes[number]) =>
    each.dtype === other.dtype && each.shape.join() === other.shape.join();
  return a.length === b.length && a.every((each, i) => same(each, b[i]!));
}

/** Of so many owners that nobody works with the programs stay loaded; of all others they are freed. */
const MOST_IDLE_OWNERS = 4;

/** By owner, the one used last at the end. */
const cache = new Map<object, OwnedPrograms<unknown>>();

/** The programs that earlier runs have left for this owner, a model say; others take part in them. */
export function takePrograms<Name>(owner: object): OwnedPrograms<Name> {
  const own = (cache.get(owner) ?? new OwnedPrograms()) as OwnedPrograms<Name>;
  cache.delete(owner);
  cache.set(owner, own);
  own.users++;
  return own;
}

/** Nobody runs them any more, unless others have taken them too. */
export function returnPrograms<Name>(own: OwnedPrograms<Name>): void {
  own.users--;
  if (own.users === 0) own.disposeRetired();
  const idle = [...cache].filter(([, {users}]) => users === 0);
  for (const [owner, programs] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE_OWNERS))) {
    programs.disposeAll();
    cache.delete(owner);
  }
}
