// What cells of Python’s, of R’s and of web pages’ are told, over the real protocol.
import {describe, expect, test} from '@jest/globals';
import {notebook, plain} from './notebook';

const {run, text} = notebook();

describe('a line as Python and R write it', () => {
  test.each([
    ['%time 5', /console\.time\('it'\)/],
    ['%%timeit\n5', /console\.time/],
    ['const timed = 1;\n%timeit timed', /console\.time.* \(line 2\)$/],
    ['!ls -l', /execSync\('ls -l'\)/],
    ['files = !ls', /execSync\('ls'\)/],
    ['!pip install numpy', /npm install/],
    ['pip install numpy', /npm install/],
    ['install.packages("keras")', /npm install/],
    ['npm install d3', /In a terminal.*npm install d3|in a terminal.*npm install d3/],
    ['%matplotlib inline', /charts show themselves/],
    ['%load_ext autoreload', /%load_ext is a command of Python's notebooks/],
    ['%%html\n<b>a</b>', /Jupyter\.display/],
    ['%%ts\n5', /leave out the first line/],
    ['cd ..', /process\.chdir\('\.\.'\)/],
    ['fit?', /press Shift and Tab/],
    ['?fit', /press Shift and Tab/],
    ['# a comment', /begins with \/\//],
    ['const five = 5 # five', /begins with \/\//],
    ['import numpy as np', /import {name} from 'package'/],
    ['from convlab import tf', /import {name} from 'package'/],
    ['from tensorflow import keras', /import {tf} from 'convlab'/],
    ['library(keras)', /import {tf} from 'convlab'/],
    ['library(ggplot2)', /import {name} from 'package'/],
    ['def f(x):\n  return x', /function f\(x: number\)/],
    ['@cached\ndef f(x):\n  return x', /function f\(x: number\)/],
    ['for i in range(3):\n  print(i)', /blocks into { }/],
    ['for x in xs:', /blocks into { }/],
    ['if x == None:\n  pass', /blocks into { }/],
    ['while True: step()', /blocks into { }/],
    ['try:\n  f()\nexcept Error as e:\n  pass', /blocks into { }/],
    ['[x ** 2 for x in range(10)]', /list\.map/],
    ['lambda x: x + 1', /\(x\) => x \+ 1/],
    ['function(x) x + 1', /\(x\) => x \+ 1/],
    ['f"loss {x}"', /backticks/],
    ["print(f'loss {x}')", /backticks/],
    ['"""text"""', /backticks/],
    ['del x', /x\.dispose\(\)/],
    ['x is None', /=== null/],
    ['x if y else z', /condition \? a : b/],
    ['x and y', /&& for and/],
    ['not x', /! for not/],
    ["raise ValueError('no')", /throw new Error/],
    ['assert 1 == 1', /console\.assert\(1 == 1\)/],
    ['[1, 2, 3][1:2]', /list\.slice\(from, to\)/],
    ['1:10', /Array\.from/],
    ['Dense(10, activation="relu")', /{activation: …}/],
    ['n: int = 5', /const x: number/],
    ['x %>% head()', /no pipe/],
    ['5 -> x', /const x = …/],
    ['m = x$shape', /x\.shape/],
    ['using file = open()', /newer than the TypeScript of cells/],
  ])('%j gets one sentence that says how TypeScript does it', async (code, message) => {
    const {error} = await run(code);
    expect(error).toMatchObject({ename: 'SyntaxError', evalue: expect.stringMatching(message)});
    // The sentence, and the line.
    expect(error!.traceback).toHaveLength(2);
  });

  test.each(['z <- 5', 'z <- c(1, 2)', 'z<-5', 'f <- function(x) { x + 1 }'])(
    '%j, which would run, does so, too',
    async (code) => {
      const {error} = await run(`let z = 1, f = 1;\n${code}`);
      expect(error!.evalue).toBe(`TypeScript writes const ${code[0]!} = …`);
    },
  );

  test.each([
    ['const n: number = missing; // this and that # here', /^Cannot find name 'missing'/],
    ['if (missing) { 1 } else if (1) { 2 } else { 3 }', /^Cannot find name 'missing'/],
    ['for (const key in missing) { }', /^Cannot find name 'missing'/],
    ['function g(a = missing) { return a; }', /^Cannot find name 'missing'/],
    ['const m: number[] = [1].map((x) => missing ? x : 2);', /^Cannot find name 'missing'/],
    ['class Kept { #size: number = missing; }', /^Cannot find name 'missing'/],
  ])('%j is TypeScript that went wrong', async (code, message) => {
    expect((await run(code)).error!.evalue).toMatch(message);
  });
});

describe('a name or a package that is not there', () => {
  test.each([
    ['print(5)', 'TypeScript prints by console.log(…).'],
    ['len([1])', 'TypeScript writes list.length; a tensor has shape and size.'],
    ['None', 'TypeScript has null, and undefined for what was left out.'],
    ['help(5)', 'Put the cursor on a name and press Shift and Tab to read about it.'],
    ["prompt('who?')", "There is no web page here: import {input} from 'convlab', and write await input('…')."],
    ['range(10)', 'TypeScript counts by for (let i = 0; i < n; i++) { … }.'],
    ['head([1])', 'TypeScript writes list.slice(0, 6)'],
    ['True', 'TypeScript writes true.'],
    ['let whole: int = 5', 'TypeScript calls the type number'],
    ['[1].append(2)', 'A list has push(…).'],
    ['import.meta.url', "A cell has no import.meta: the notebook's folder is process.cwd()"],
    ['fresh = 5', 'To declare it: const fresh = …'],
    ['open("a.txt")', "fs.readFileSync('file', 'utf8')"],
    ['__dirname', "The notebook's folder is process.cwd()."],
    ["import * as d3 from 'd3-not-here';", /folder of the notebook, npm install d3-not-here$/m],
    ["import {a} from '@scope/not-here/deep';", /npm install @scope\/not-here$/m],
    ['export const shared = 5;', 'Cells share their names: leave out export.'],
  ])('%j says what to do', async (code, help) => {
    const trace = plain((await run(code)).error!.traceback);
    if (typeof help === 'string') expect(trace).toContain(help);
    else expect(trace).toMatch(help);
  });

  test('of a file says nothing of packages', async () => {
    expect(plain((await run("import {a} from './not-here';")).error!.traceback)).not.toContain('npm install');
  });

  test('is no longer missing when a cell declares it, whatever it means elsewhere', async () => {
    expect(await text('function len(list: string[]) { return list.length; }\nlen(["a", "b"])')).toBe('2');
    expect(await text('const y = 1;\ny < -5')).toBe('false');
  });
});

test('a name of another language hides no error of another line', async () => {
  const {error} = await run("print(len([1]));\nconst n: number = 'x';");
  expect(error!.evalue).toBe('print: TypeScript prints by console.log(…). (and 1 more)');
  expect(plain(error!.traceback)).toContain("Type 'string' is not assignable to type 'number'");
});

test('a cell that fails is not said to declare what it only uses', async () => {
  await run('const made: numeric = 5;');
  expect(plain((await run('const other: numeric = 5;')).error!.traceback)).not.toMatch(/Cell \[\d+\] declares/);
});
