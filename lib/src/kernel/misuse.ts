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
  [/^([\w.]+)\s*<-\s/, (name) => `TypeScript writes const ${name} = …`],
];

const quoted = (text: string) => `'${text.trim().replace(/[\\']/g, '\\$&')}'`;

/** An error that gives the way of TypeScript, for a cell that begins as Python's may; undefined for any other. */
export function misuse(source: string): CellError | undefined {
  const line = source.trimStart().split('\n', 1)[0]!;
  for (const [pattern, answer] of ANSWERS) {
    const match = pattern.exec(line);
    if (match) return plainError('SyntaxError', `${line.trim()}: ${answer(match[1] ?? '')}`);
  }
  return undefined;
}
