import type {Exercise} from './exercise';

/**
 * An answer as a text, equal for equal answers: numbers to the digits that the exercise asks for, functions by what they
 * make of the exercise's arguments, texts without capitals. Undefined for an answer of another kind.
 */
export function canonical(answer: unknown, exercise: Exercise): string | undefined {
  switch (exercise.kind) {
    case 'number':
      return numberText(answer, exercise.digits);
    case 'list':
      return listText(answer, exercise.digits);
    case 'function':
      return typeof answer === 'function' ? resultsText(answer as Call, exercise.calls, exercise.digits) : undefined;
    case 'text':
      return typeof answer === 'string' ? answer.trim().toLowerCase() : undefined;
  }
}

type Call = (...args: readonly unknown[]) => unknown;

function numberText(value: unknown, digits: number): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  // −0 is 0.
  return String(Number(value.toPrecision(digits)) + 0);
}

/** Arrays, typed arrays and tensors are all lists. */
function listText(value: unknown, digits: number): string | undefined {
  const list =
    typeof (value as {dataSync?: unknown} | null)?.dataSync === 'function'
      ? (value as {dataSync(): ArrayLike<number>}).dataSync()
      : value;
  if (!Array.isArray(list) && !ArrayBuffer.isView(list)) return undefined;
  const texts = Array.from(list as ArrayLike<unknown>, (each) => numberText(each, digits));
  return texts.includes(undefined) ? undefined : texts.join(' ');
}

/** A function that fails, or that gives back something else, makes texts that are no answer. */
function resultsText(answer: Call, calls: readonly (readonly unknown[])[], digits: number): string {
  return calls
    .map((args) => {
      try {
        const result = answer(...args);
        return numberText(result, digits) ?? listText(result, digits) ?? typeof result;
      } catch {
        return 'failed';
      }
    })
    .join('; ');
}
