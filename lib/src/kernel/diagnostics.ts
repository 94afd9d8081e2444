/** What the compiler has against a cell, with the line shown and the place underlined. */
import {counterpart} from './counterparts';
import {type CellError, red} from './errors';
import type {Diagnostic} from './tslab';

/** Cannot find name 'x', with and without a suggestion. */
const UNKNOWN_NAMES = new Set([2304, 2552, 18004]);
/** Cannot find module 'x'. */
const UNKNOWN_MODULE = 2307;
const TOO_MANY_ARGUMENTS = 2554;
const EXPORTED_TWICE = 2323;
/** Errors of grammar begin with 1. */
const FIRST_OF_MEANING = 2000;
const MOST_SHOWN = 5;

/**
 * @param source the cell
 * @param hint what to do about a name that no cell has declared, if anything is known
 */
export function diagnosticsError(
  source: string,
  diagnostics: readonly Diagnostic[],
  hint: (name: string) => string | undefined,
): CellError {
  const lines = source.split('\n');
  const groups = grouped(diagnostics);
  const traceback = groups.slice(0, MOST_SHOWN).flatMap((group) => {
    const [{start, end, messageText, code, fileName}, ...deeper] = group;
    const where = fileName === undefined ? `line ${start.line + 1}` : `${fileName}, line ${start.line + 1}`;
    const shown = fileName === undefined ? underlined(lines, start, end) : [];
    const help = helpFor(code, messageText, lines[start.line] ?? '', hint);
    return [
      `${red(nameOf(code))}: ${messageText} (TS${code}, ${where})`,
      ...deeper.map((each, depth) => `${'  '.repeat(depth + 1)}${each.messageText}`),
      ...shown,
      ...(help === undefined ? [] : [`  ${help}`]),
      '',
    ];
  });
  if (groups.length > MOST_SHOWN) traceback.push(`… and ${groups.length - MOST_SHOWN} more`);
  while (traceback.at(-1) === '') traceback.pop();
  const more = groups.length > 1 ? ` (and ${groups.length - 1} more)` : '';
  return {
    ename: nameOf(Math.max(...groups.map(([{code}]) => code))),
    evalue: `${groups[0]![0].messageText}${more}`,
    traceback,
  };
}

/** @returns what to do about an error, where more is known than the compiler says */
function helpFor(code: number, message: string, line: string, hint: (name: string) => string | undefined) {
  const quoted = /'([^']+)'/.exec(message)?.[1] ?? '';
  if (UNKNOWN_NAMES.has(code)) return hint(quoted);
  if (code === UNKNOWN_MODULE) {
    const [name] = /^(?:@[^/]+\/)?[^./@][^/]*/.exec(quoted) ?? [];
    return name && `If it is a package of npm's: in a terminal, in the folder of the notebook, npm install ${name}`;
  }
  // Of the web's print, which takes nothing.
  if (code === TOO_MANY_ARGUMENTS && message.startsWith('Expected 0 ') && /\bprint\(/.test(line))
    return counterpart('print');
  if (code === EXPORTED_TWICE && /^\s*export\b/.test(line)) return 'Cells share their names: leave out export.';
  return undefined;
}

const nameOf = (code: number) => (code < FIRST_OF_MEANING ? 'SyntaxError' : 'TypeScriptError');

type Group = [Diagnostic, ...Diagnostic[]];

/** The compiler explains an error in steps; tslab makes an error of each, at the same place. */
function grouped(diagnostics: readonly Diagnostic[]): Group[] {
  const groups: Group[] = [];
  for (const each of diagnostics) {
    const last = groups.at(-1);
    if (last?.[0].start.offset === each.start.offset && last[0].end.offset === each.end.offset) last.push(each);
    else groups.push([each]);
  }
  return groups;
}

function underlined(lines: string[], start: Diagnostic['start'], end: Diagnostic['end']): string[] {
  // What is missing at the end stands after the last line.
  const row = Math.min(start.line, lines.length - 1);
  const text = lines[row]!;
  const from = row === start.line ? start.character : text.length;
  const number = String(row + 1);
  const last = end.line === row ? end.character : text.length;
  const mark = ' '.repeat(from) + red('~'.repeat(Math.max(1, last - from)));
  return [`    ${number} | ${text}`, `    ${' '.repeat(number.length)} | ${mark}`];
}
