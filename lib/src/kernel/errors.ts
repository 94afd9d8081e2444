/** Errors of cells, as Jupyter shows them: name, message, and the reader's own lines. */
import {inspect} from 'node:util';
import type {Bundle} from '../notebook/kernel';
import {counterpart} from './counterparts';

/** The content of Jupyter's `error` message. */
export interface CellError {
  ename: string;
  evalue: string;
  /** Lines with ANSI colours; the first repeats name and message. */
  traceback: string[];
}

/** One step of a stack, in the reader's own code. */
export interface Frame {
  /** `cell [3]` or a file's path. */
  where: string;
  /** Counted from 1. */
  line: number;
  /** The name of the function, where there is one. */
  inside?: string;
  /** The line as the reader wrote it. */
  text?: string;
}

// Of JupyterLab's colours, these can be read on its light and on its dark ground of errors.
const RED = '\x1b[1;31m';
const BOLD = '\x1b[1m';
const PLAIN = '\x1b[0m';

export const red = (text: string): string => `${RED}${text}${PLAIN}`;

/** JupyterLab shows text of this type as it shows errors. */
const ERROR_MIME = 'application/vnd.jupyter.error';
const MOST_FRAMES = 8;

/** An error as an output like any other, where it ends no cell. */
export function errorBundle({ename, evalue, traceback}: CellError): Bundle {
  return {data: {[ERROR_MIME]: traceback.join('\n'), 'text/plain': `${ename}: ${evalue}`}, metadata: {}};
}

/** An error that has no frames of the reader's to show. */
export function plainError(ename: string, evalue: string, ...more: string[]): CellError {
  return {ename, evalue, traceback: [heading(ename, evalue), ...more]};
}

/**
 * What a cell threw, or a promise was rejected with.
 *
 * @param framesOf the reader's own steps in an error's stack, the innermost first
 */
export function thrownError(thrown: unknown, framesOf: (stack: string) => Frame[]): CellError {
  if (!(thrown instanceof Error)) {
    // `throw 'a text'`: JavaScript allows it, and there is no stack to tell of.
    const evalue = typeof thrown === 'string' ? thrown : inspect(thrown, {depth: 2});
    return plainError('Thrown', evalue);
  }
  const traceback = [heading(thrown.name, thrown.message)];
  const frames = framesOf(thrown.stack ?? '');
  traceback.push(...framesLines(frames));
  const missing = thrown instanceof ReferenceError ? /^(\w+) is not defined$/.exec(thrown.message)?.[1] : undefined;
  const help = missing === undefined ? undefined : counterpart(missing);
  if (help !== undefined) traceback.push(`  ${help}`);
  // An error of several, as Promise.any gives.
  if (thrown instanceof AggregateError) {
    for (const one of thrown.errors) traceback.push('', 'One of them:', ...thrownError(one, framesOf).traceback);
  }
  // A message that repeats its cause's has said it.
  if (thrown.cause instanceof Error && !thrown.message.includes(thrown.cause.message)) {
    traceback.push('', 'Caused by:', ...thrownError(thrown.cause, framesOf).traceback);
  }
  return {ename: thrown.name, evalue: thrown.message, traceback};
}

function heading(ename: string, evalue: string): string {
  return `${RED}${ename}${PLAIN}${evalue === '' ? '' : `: ${evalue}`}`;
}

/** A function that calls itself is told once. */
function framesLines(frames: Frame[]): string[] {
  const lines: string[] = [];
  let told = 0;
  for (let i = 0; i < frames.length && told < MOST_FRAMES; told++) {
    const step = frameLines(frames[i]!);
    let next = i + 1;
    while (next < frames.length && frameLines(frames[next]!).join() === step.join()) next++;
    lines.push(...step);
    if (next - i > 1) lines.push(`  … and the same ${next - i - 1} times more`);
    i = next;
    if (told === MOST_FRAMES - 1 && i < frames.length) lines.push(`  … and ${frames.length - i} steps more`);
  }
  return lines;
}

function frameLines({where, line, inside, text}: Frame): string[] {
  const place = `  ${BOLD}${where}, line ${line}${PLAIN}${inside === undefined ? '' : `, in ${inside}`}`;
  return text === undefined ? [place] : [place, `    ${RED}---->${PLAIN} ${line} ${text}`];
}
