import {isPromise} from './describe';

/**
 * An error of a call, worded without the name of the function that was called: `publicCall` puts it in front, so that
 * what checks and works below needs no name to pass along.
 */
export class CallError extends Error {}

/**
 * The body of a public function: what goes wrong in the call is told under the function's name, `fit: batchSize must
 * be …`. Errors of anybody else, a callback's or the disk's, pass as they are, and so do those of a public function
 * inside, which has named itself.
 *
 * @throws Error, or rejects with it, for every CallError of `work`.
 */
export function publicCall<Result>(name: string, work: () => Result): Result {
  return relabelled(work, (error) => prefixed(new Error(), name, error));
}

/** A part of a call that looks at the values in one argument: `validationData: x has shape …`. */
export function forArgument<Result>(name: string, work: () => Result): Result {
  return relabelled(work, (error) => prefixed(new CallError(), name, error));
}

function relabelled<Result>(work: () => Result, relabel: (error: CallError) => Error): Result {
  const fail = (error: unknown): never => {
    throw error instanceof CallError ? relabel(error) : error;
  };
  try {
    const result = work();
    return isPromise(result) ? (result.then(undefined, fail) as Result) : result;
  } catch (error) {
    return fail(error);
  }
}

/** The stack stays that of the place where the error was found; it begins with the message. */
function prefixed(labelled: Error, name: string, {message, stack = '', cause}: Error): Error {
  labelled.message = `${name}: ${message}`;
  const frames = stack.slice(stack.indexOf(message) + message.length);
  labelled.stack = `Error: ${labelled.message}${frames}`;
  if (cause !== undefined) labelled.cause = cause;
  return labelled;
}
