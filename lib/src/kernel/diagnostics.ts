/** What the compiler has against a cell, with the line shown and the place underlined. */
import {counterpart, propertyCounterpart} from './counterparts';
import {type CellError, plainError, red} from './errors';
import {misuse} from './misuse';
import {SLIP} from './slips';
import type {Diagnostic} from './tslab';

/** Cannot find name 'x', with and without a suggestion. */
const UNKNOWN_NAMES = new Set([2304, 2552, 2662, 2663, 18004]);
/** Property 'x' does not exist on type 'y', with and without a suggestion. */
const UNKNOWN_PROPERTIES = new Set([2339, 2550, 2551]);
/** Cannot find module 'x'. */
const UNKNOWN_MODULE = 2307;
const TOO_MANY_ARGUMENTS = 2554;
const EXPORTED_TWICE = 2323;
const NOT_CALLABLE = 2349;
const NOT_ITERABLE = 2488;
const NO_NUMBERS = new Set([2362, 2363, 2365]);
/** Errors of grammar begin with 1, those of declarations, which follow from others, with 4. */
const FIRST_OF_MEANING = 2000;
const OF_DECLARATIONS = [4000, 5000] as const;
const MOST_SHOWN = 5;

/** What is known beside the cell itself. */
interface Knowledge {
  /** What to do about a name that no cell has declared. */
  hint: (name: string) => string;
  /** The lines of a file of the reader's own. */
  linesOf: (file: string) => string[] | undefined;
}

export function diagnosticsError(source: string, diagnostics: readonly Diagnostic[], known: Knowledge): CellError {
  const lines = source.split('\n');
  const refused = diagnostics.filter(({fileName, code}) => fileName === undefined && code !== SLIP);
  const foreign = misuse(
    source,
    refused.map(({start}) => start.line),
  );
  // What follows such a line are its consequences.
  if (foreign)
    return plainError('SyntaxError', `${foreign.answer} (line ${foreign.line + 1})`, shown(lines, foreign.line));

  const explained = answered(grouped(diagnostics), lines, known);
  const traceback = explained.slice(0, MOST_SHOWN).flatMap(({group, message, help}) => {
    const [{start, end, code, fileName}, ...deeper] = group;
    const where = `${fileName === undefined ? '' : `${fileName}, `}line ${start.line + 1}`;
    const text = fileName === undefined ? lines : known.linesOf(fileName);
    return [
      `${red(nameOf(code))}: ${message} (${code === SLIP ? '' : `TS${code}, `}${where})`,
      ...deeper.map((each, depth) => `${'  '.repeat(depth + 1)}${each.messageText}`),
      ...(text ? underlined(text, start, end) : []),
      ...(help === undefined ? [] : [`  ${help}`]),
      '',
    ];
  });
  if (explained.length > MOST_SHOWN) traceback.push(`… and ${explained.length - MOST_SHOWN} more`);
  while (traceback.at(-1) === '') traceback.pop();
  const more = explained.length > 1 ? ` (and ${explained.length - 1} more)` : '';
  return {
    ename: nameOf(Math.max(...explained.map(({group: [{code}]}) => code))),
    evalue: `${explained[0]!.message}${more}`,
    traceback,
  };
}

interface Explained {
  group: Group;
  message: string;
  help?: string;
}

/** With the counterpart of a name in the place of "Cannot find name"; a line that has such an answer needs no other. */
function answered(groups: Group[], lines: string[], known: Knowledge): Explained[] {
  const all = groups.map((group): Explained & {answer: boolean} => {
    const [{code, messageText, start, fileName}] = group;
    const line = fileName === undefined ? (lines[start.line] ?? '') : '';
    const place = line.slice(start.character, group[0].end.character);
    const answer = answerFor(code, messageText, {line, place}, known.hint);
    if (answer !== undefined) return {group: [group[0]], message: answer, answer: true};
    return {group, message: messageText, help: helpFor(code, messageText, line, known.hint), answer: code === SLIP};
  });
  const placeOf = ({group: [{fileName, start}]}: Explained) => `${fileName ?? ''}:${start.line}`;
  const first = new Map<string, Explained>();
  for (const each of all.filter(({answer}) => answer).reverse()) first.set(placeOf(each), each);
  const kept = all.filter((each) => (first.get(placeOf(each)) ?? each) === each);
  // What can't be declared follows from what is wrong with it.
  const causes = kept.filter(({group: [{code}]}) => code < OF_DECLARATIONS[0] || code >= OF_DECLARATIONS[1]);
  return causes.length > 0 ? causes : kept;
}

/** What says it all about a name of another language's. */
function answerFor(
  code: number,
  message: string,
  {line, place}: {line: string; place: string},
  hint: (name: string) => string,
): string | undefined {
  const [, name = '', type = ''] = /'([^']+)'(?:[^']*'([^']+)')?/.exec(message) ?? [];
  // A name that a cell has declared, or convlab has, is known better.
  if (UNKNOWN_NAMES.has(code) && hint(name) === counterpart(name)) return `${name}: ${hint(name)}`;
  // Of the web's print, which takes nothing.
  if (code === TOO_MANY_ARGUMENTS && message.startsWith('Expected 0 ') && /\bprint\(/.test(line))
    return `print: ${counterpart('print')!}`;
  const shaped = /\.(reshape|tile|transpose|zeros|ones)\(\s*-?\d/.exec(line)?.[1];
  if (code === TOO_MANY_ARGUMENTS && shaped !== undefined) return `${shaped}: A shape is a list: ${shaped}([3, 1])`;
  if (code === NOT_CALLABLE && /[\w$]$/.test(place)) return `${place} is no function: leave out the brackets.`;
  if (UNKNOWN_PROPERTIES.has(code)) {
    const answer = propertyCounterpart(name);
    const ofTensors = /tensor/i.test(answer ?? '') && !/Tensor|Variable|tfjs/.test(type);
    return answer === undefined || ofTensors ? undefined : `${name}: ${answer}`;
  }
  return undefined;
}

/** @returns what to do about an error, where more is known than the compiler says */
function helpFor(code: number, message: string, line: string, hint: (name: string) => string): string | undefined {
  const quoted = /'([^']+)'/.exec(message)?.[1] ?? '';
  if (UNKNOWN_NAMES.has(code)) {
    const declares = line.trim().startsWith(`${quoted} = `);
    return declares ? `To declare it: const ${quoted} = …; ${withoutCapital(hint(quoted))}` : hint(quoted);
  }
  if (code === UNKNOWN_MODULE) {
    const [name] = /^(?:@[^/]+\/)?[^./@][^/]*/.exec(quoted) ?? [];
    return name && `If it is a package of npm's: in a terminal, in the folder of the notebook, npm install ${name}`;
  }
  if (code === EXPORTED_TWICE && /^\s*export\b/.test(line)) return 'Cells share their names: leave out export.';
  if (code === NOT_ITERABLE && message.includes("'Tensor"))
    return 'A tensor is no list: await tensor.array() is one, and tf.unstack(tensor) is one of tensors.';
  if (NO_NUMBERS.has(code))
    return 'Operators take numbers: [...a, ...b] joins lists, list.map((x) => 2 * x) computes with each, and a text has repeat(3).';
  if (code >= OF_DECLARATIONS[0] && code < OF_DECLARATIONS[1]) {
    const imported = /\bawait import\((['"][^'"]+['"])\)/.exec(line)?.[1];
    const what = imported === undefined ? 'any' : `typeof import(${imported})`;
    return `Give it a type: const ${quoted}: ${what} = …`;
  }
  return undefined;
}

const withoutCapital = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

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

const shown = (lines: string[], row: number) => `    ${row + 1} | ${lines[row]!}`;

function underlined(lines: string[], start: Diagnostic['start'], end: Diagnostic['end']): string[] {
  // What is missing at the end stands after the last line.
  const row = Math.min(start.line, lines.length - 1);
  const text = lines[row]!;
  const from = row === start.line ? start.character : text.length;
  const last = end.line === row ? end.character : text.length;
  const mark = ' '.repeat(from) + red('~'.repeat(Math.max(1, last - from)));
  return [shown(lines, row), `    ${' '.repeat(String(row + 1).length)} | ${mark}`];
}
