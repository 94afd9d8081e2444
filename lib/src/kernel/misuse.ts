/** What readers bring along from Python's notebooks and from R, and how TypeScript says it. */

const quoted = (text: string) => `'${text.trim().replace(/[\\']/g, '\\$&')}'`;
const NPM = 'TypeScript takes its packages from npm: in a terminal, in the folder of the notebook, npm install';
const CURSOR = (name: string) => `Put the cursor on ${name} and press Shift and Tab to read about it.`;
const BLOCKS = 'TypeScript puts conditions into ( ) and blocks into { }: for (const n of [1, 2]) { console.log(n); }';
const SHELL = (command: string) => `execSync(${quoted(command)}).toString()`;

/** Each is held against a line that the compiler has refused; the first that fits answers, given what stands in ( ). */
const ANSWERS: [pattern: RegExp, answer: string | ((argument: string) => string)][] = [
  // Commands of Python's notebooks.
  [/^%%ts\b/, 'This kernel runs TypeScript already: leave out the first line.'],
  [/^%%?(?:timeit|time)\b/, "Write console.time('it'); before the code and console.timeEnd('it'); after it."],
  [/^[%!]?\s*(?:pip3?|conda)\s+install\b|^install\.packages\(/, `${NPM} NAME.`],
  [/^!?\s*npm\s+(?:i|install)\s+(\S+)/, (name) => `${NPM} ${name}`],
  [/^%?cd\s+(\S+)/, (folder) => `Write process.chdir(${quoted(folder)});`],
  [/^%pwd\b/, 'Write process.cwd()'],
  [/^%env\b\s*(\w*)/, (name) => `Write process.env${name ? `.${name}` : ''}`],
  [/^%matplotlib\b/, 'Leave this line out: charts show themselves here.'],
  [
    /^(?:!|%(?=ls\b)|(?=ls(?:\s+-\w+)*$))\s*(\S.*)/,
    (command) => `Write import {execSync} from 'child_process'; console.log(${SHELL(command)});`,
  ],
  [/^\w+\s*=\s*!\s*(\w.*)/, (command) => `Write import {execSync} from 'child_process'; and ${SHELL(command)}`],
  [/^%%(?:bash|sh)\b/, `Write import {execSync} from 'child_process'; console.log(${SHELL('ls')});`],
  [/^%%html\b/, "Write ({[Symbol.for('Jupyter.display')]: () => ({'text/html': '<b>text</b>'})})"],
  [/^%%writefile\s+(\S+)/, (file) => `Write import fs from 'fs'; fs.writeFileSync(${quoted(file)}, 'text');`],
  [/^%%?(\w+)/, (name) => `%${name} is a command of Python's notebooks; TypeScript cells have none.`],
  [/^\?+\s*(\w[\w.]*)/, CURSOR],
  [/^(\w[\w.]*)\?+$/, CURSOR],

  // Python and R.
  [/^#!/, 'A cell is run by the notebook: leave this line out.'],
  [/^#(?!\w)|^[^'"`]*[\s;)]#\s/, 'A comment begins with //.'],
  [
    /^(?:import\s+(?:tensorflow|keras|torch)\b(?!.*['"])|from\s+(?:tensorflow|keras|torch)\b|library\(["']?(?:keras3?|tensorflow|torch)\b)/,
    "TypeScript writes import {tf} from 'convlab'; packages come from npm, those of Python and R can't be imported.",
  ],
  [
    /^(?:import\s+\w[\w.]*(?:\s+as\s+\w+)?(?:\s*,\s*\w[\w. ]*)*|from\s+[\w.]+\s+import\b.*|library\(.*\)|require\(\s*\w+\s*\))$/,
    "TypeScript writes import {name} from 'package'; packages come from npm, those of Python and R can't be imported.",
  ],
  [/^(?:async\s+)?def\s+(\w+)/, (name) => `TypeScript writes function ${name}(x: number) { return x; }`],
  [/\blambda\b[^:]*:/, 'TypeScript writes (x) => x + 1'],
  [/^([\w.]+)\s*<<?-/, (name) => `TypeScript writes const ${name} = …`],
  [/\bfunction\s*\([\w\s,=.]*\)(?!\s*[{:])/, 'TypeScript writes (x) => x + 1'],
  [/->\s*([\w.]+)$/, (name) => `TypeScript writes const ${name} = …`],
  [/%>%|\|>/, 'TypeScript has no pipe: it writes f(x), or x.f().'],
  [/\s%\/%\s/, 'TypeScript writes Math.floor(a / b).'],
  [/\s%%\s/, 'TypeScript writes a % b.'],
  [/\s%in%\s/, 'TypeScript writes list.includes(x).'],
  [/^[^'"`]*[[({].*\bfor\s+[\w,\s]+\s+in\b/, 'TypeScript writes list.map((x) => x ** 2), and list.filter(…).'],
  [/^(?:if|for|while|with|class|elif|except)\b[^{}?]*:$/, BLOCKS],
  [/^(?:if|for|while|elif)\s+[^\s({}?][^{}?]*:\s|^(?:try|else|finally|except)\s*:/, BLOCKS],
  [/\bf(?:"[^"]*"|'[^']*')/, 'TypeScript writes text with values between backticks: `loss ${value}`'],
  [/"""|'''/, 'TypeScript writes text of several lines between backticks: `…`'],
  [/^del\s+(\w[\w.]*)/, (name) => `TypeScript deletes no names; where ${name} is a tensor, write ${name}.dispose();`],
  [/\bis\s+(?:not\s+)?None\b/, 'TypeScript writes x === null, or x !== null.'],
  [/\bis\s+not\s|\bnot\s+in\b/, 'TypeScript writes x !== y, and !list.includes(x).'],
  [/^raise\b/, "TypeScript writes throw new Error('text');"],
  [/^assert\s+(\S.*)/, (condition) => `Write console.assert(${condition});`],
  [/^(?:global|nonlocal)\s+\w/, 'Functions change the variables around them without this line: leave it out.'],
  [/^[^'"`]*\S\s+if\s+[^\s(].*\s+else\s/, 'TypeScript writes condition ? a : b'],
  [/^[^'"`]*(?:^|[\s(])(?:and|or|not)\s/, 'TypeScript writes && for and, || for or, ! for not.'],
  [
    /[\w)\]]\[\s*-?[\w.]*\s*:\s*-?[\w.]*\s*[:,\]]/,
    "A list's part is list.slice(from, to), a tensor's tensor.slice([from], [size]).",
  ],
  [/^-?\d+:-?\d+$/, 'TypeScript writes Array.from({length: n}, (_, i) => i).'],
  [/^[^'"`]*\b([a-z]\w*\$[a-z]\w*)/, (name) => `TypeScript writes ${name.replaceAll('$', '.')}`],
  [/^class\(\s*(\w+)\s*\)$/, (name) => `TypeScript writes typeof ${name}; Shift and Tab on a name tells its type.`],
  [/^\w+\s*:\s*(?:int|float|str|bool|list|dict)\b/, 'TypeScript writes const x: number = 5;'],
  [
    /^(?!(?:for|if|while|function|async|constructor)\b)[^'"`]*\w\((?:[^()]*,)?\s*(\w+)\s*=(?![=>])[^{]*$/,
    (name) => `Options with names stand in { }: fit(model, x, y, {${name}: …})`,
  ],
  [/^(?:await\s+)?using\s+\w+\s*=/, 'using is newer than the TypeScript of cells: write try { … } finally { … }'],
];

/**
 * The way of TypeScript, for a line that is written as Python or R has it.
 *
 * @param source the cell
 * @param refused the lines that the compiler has refused, from 0: `!done` may be a shell command or an expression
 * @returns the first such line, and what to write there; undefined where TypeScript went wrong
 */
export function misuse(source: string, refused: readonly number[]): {line: number; answer: string} | undefined {
  const lines = source.split('\n');
  for (const line of [...new Set(refused)].sort((a, b) => a - b)) {
    // What a comment says is no code.
    const text = (lines[line] ?? '').replace(/\s\/\/\s.*$/, '').trim();
    for (const [pattern, answer] of ANSWERS) {
      const match = pattern.exec(text);
      if (match) return {line, answer: typeof answer === 'string' ? answer : answer(match[1] ?? '')};
    }
  }
  return undefined;
}
