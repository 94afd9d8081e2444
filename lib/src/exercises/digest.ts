import {createHash} from 'node:crypto';

/** Tells answers apart without naming them. */
export function digest(exercise: string, answer: string): string {
  return createHash('sha256').update(`${exercise}: ${answer}`).digest('hex').slice(0, 16);
}
