import {text} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments} from '../arguments/schema';
import {canonical} from './canonical';
import {digest} from './digest';
import type {Exercise} from './exercise';
import {EXERCISES} from './exercises';
import {Verdict} from './verdict';

/**
 * Says whether an answer to an exercise of the notebooks is right, without giving the answer away: only what kind of
 * answer is expected, and what was probably done where it is one of the usual slips.
 *
 * @param exercise Its number, such as '2.1'.
 * @param answer Yours: a number, a list, a function, or a text, as the exercise asks. `undefined` stands for none yet.
 * @returns The verdict, which shows itself as a cell's last value; its `right` is true or false.
 * @throws Error for a number that no exercise has.
 *
 * @example
 * check('2.1', 42);
 */
export function check(exercise: string, answer: unknown): Verdict {
  return publicCall('check', () => {
    checkArguments({exercise}, {exercise: text});
    if (!Object.hasOwn(EXERCISES, exercise)) {
      throw new CallError(`there is no exercise ${exercise}; there are ${Object.keys(EXERCISES).join(', ')}`);
    }
    return judge(exercise, EXERCISES[exercise]!, answer);
  });
}

function judge(name: string, exercise: Exercise, answer: unknown): Verdict {
  if (answer === undefined)
    return new Verdict(name, false, `no answer yet. In place of undefined, write ${exercise.expected}.`);
  const given = canonical(answer, exercise);
  if (given === undefined) return new Verdict(name, false, `not yet. Expected ${exercise.expected}.`);
  const found = digest(name, given);
  if (found === exercise.digest) return new Verdict(name, true, 'right!');
  const slip = exercise.slips[found];
  return new Verdict(name, false, `not yet. ${slip ?? 'The form is fine, the value is not: look at the hints.'}`);
}
