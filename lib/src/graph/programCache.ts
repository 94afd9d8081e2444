import type {tf} from '../tfjs/tensorflow';
import type {Program} from './program';

/** A model's programs, by kind of step and shape of batch. Whoever takes them returns them. */
export interface KeptPrograms {
  readonly programs: Map<string, Program>;
  /** Replaced by others while somebody may still run them. */
  readonly retired: Program[];
  users: number;
}

/** Of so many models that nobody works with the programs stay loaded; of all others they are freed. */
const most = 4;

/** By model, the one used last at the end. */
const kept = new Map<tf.LayersModel, KeptPrograms>();

/** The programs that earlier runs of this model have left; others take part in them. */
export function takePrograms(model: tf.LayersModel): KeptPrograms {
  const own = kept.get(model) ?? {programs: new Map<string, Program>(), retired: [], users: 0};
  kept.delete(model);
  kept.set(model, own);
  own.users++;
  return own;
}

/** Nobody runs them any more, unless others have taken them too. */
export function returnPrograms(own: KeptPrograms): void {
  own.users--;
  if (own.users === 0) for (const program of own.retired.splice(0)) program.dispose();
  const idle = [...kept].filter(([, {users}]) => users === 0);
  for (const [model, {programs}] of idle.slice(0, Math.max(0, idle.length - most))) {
    for (const program of programs.values()) program.dispose();
    kept.delete(model);
  }
}
