/** What readers bring along from Python's notebooks and from R, and how TypeScript says it. */
import {type CellError, plainError} from './errors';

const ANSWERS: [pattern: RegExp, answer: (argument: string) => string][] = [
  [/^%%ts\b/, () => 'This kernel runs TypeScript already: leave out the first line.'],
  [/^%%?timeit\b\s*(.*)/, () => "Write console.time('it'); before the code and console.timeEnd('it'); after it."],
  [/^%%?time\b\s*(.*)/, () => "Write console.time('it'); before the code and console.timeEnd('it'); after it."],
  [
    /^[%!]\s*(?:pip|conda)\b/,
    () => 'TypeScript takes its packages from npm: in a terminal, in the folder of the notebook, npm install NAME.',
  ],
  [
    /^!\s*(.*)/,
    (command) => `Write import {execSync} from 'child_process'; console.log(execSync(${quoted(command)}).toString());`,
  ],
  [/^%cd\s+(.*)/, (folder) => `Write process.chdir(${quoted(folder)});`],
  [/^%pwd\b/, () => 'Write process.cwd()'],
  [/^%env\b\s*(\w*)/, (name) => `Write process.env${name ? `.${name}` : ''}`],
  [/^%%?(\w+)/, (name) => `%${name} is a command of Python's notebooks; TypeScript cells have none.`],
  [/^\?+\s*(\w[\w.]*)/, (name) => `Put the cursor on ${name} and press Shift and Tab to read about it.`],
  [/^(\w[\w.]*)\?+\s*$/, (name) => `Put the cursor on ${name} and press Shift and Tab to read about it.`],
  [/^#(?!\w)/, () => 'A comment begins with //.'],
  [
    /^(?:import\s+\w[\w.]*(?:\s+as\s+\w+)?|from\s+\w[\w.]*\s+import\s.*)\s*$/,
    () => "TypeScript writes import {name} from 'package'; packages come from npm, Python's can't be imported.",
  ],
  [/^def\s+(\w+)/, (name) => `TypeScript writes function ${name}(x: number) { return x; }`],
  [
    /^(?:if|for|while|with|try|class)\b[^{}?]*:\s*(?:#.*)?$/,
    () => 'TypeScript puts conditions into ( ) and blocks into { }: for (const n of [1, 2]) { console.log(n); }',
  ],
];

/** R's assignment. TypeScript reads it as "less than minus", so that nothing else would tell. */
const ARROW = /^([\w.]+)\s*<-\s/;

const quoted = (text: string) => `'${text.trim().replace(/[\\']/g, '\\$&')}'`;

/** The same for a cell that TypeScript would run, though not as it was meant. */
export function arrowMisuse(source: string): CellError | undefined {
  const line = firstLine(source);
  const [, name] = ARROW.exec(line) ?? [];
  return name === undefined ? undefined : said(line, `TypeScript writes const ${name} = …`);
}

/**
 * An error that gives the way of TypeScript, for a cell that begins as Python's may; undefined for any other. To be asked
 * when the compiler has refused the cell: `!done` may be a shell command or an expression.
 */
export function misuse(source: string): CellError | undefined {
  const line = firstLine(source);
  for (const [pattern, answer] of ANSWERS) {
    const match = pattern.exec(line);
    if (match) return said(line, answer(match[1] ?? ''));
  }
  return undefined;
}

const firstLine = (source: string) => source.trimStart().split('\n', 1)[0]!;

const said = (line: string, answer: string) => plainError('SyntaxError', `${line.trim()}: ${answer}`);
