// The lines of R and of Python below the steps of 02 to 06, run one after the other as one program, where Keras is.
import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {mnist, npy} from 'convlab';
import {cellsOf, NAMES, ROOT, SOURCES} from './executed';

const FOLDED =
  /<summary>The same in R, and in Python<\/summary>\n\n```r\n([^]*?)\n```\n\n```python\n([^]*?)\n```\n\n<\/details>/g;
const CHAPTERS = NAMES.filter((name) => /^0[2-6]/.test(name));

const pairs = CHAPTERS.flatMap((name) => {
  const prose = cellsOf(path.join(SOURCES, name)).filter(({cell_type}) => cell_type === 'markdown');
  const text = prose.map(({source}) => source.join('')).join('\n');
  return Array.from(text.matchAll(FOLDED), ([, r, python]) => ({name, r: r!, python: python!}));
});

test('each of 02 to 06 has the lines of R and Python below its steps', () => {
  for (const name of CHAPTERS) expect(pairs.filter((pair) => pair.name === name).length).toBeGreaterThanOrEqual(3);
});

/** So many training and test pictures: enough for each line to do something. */
const FEW = {train: 1280, test: 200};
const PYTHON = path.join(ROOT, '.cache', 'keras-venv', 'bin', 'python');
const hasKeras = fs.existsSync(PYTHON);
const rAnswers = (code: string) => spawnSync('Rscript', ['-e', code], {stdio: 'ignore'}).status === 0;
const hasR = rAnswers('1');
const hasKerasInR = hasR && rAnswers('stopifnot(requireNamespace("keras3"))');

/** The digits, and a folder to write into. */
async function prepare(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-lines-'));
  const {train, test: exam} = await mnist.load();
  const few = (count: number) => Array.from({length: count}, (_, i) => i);
  const parts = {train: train.select(few(FEW.train)), test: exam.select(few(FEW.test))};
  for (const [name, {pixels, shape, labels, length}] of Object.entries(parts)) {
    await npy.write(path.join(folder, `x_${name}.npy`), {data: pixels, shape});
    await npy.write(path.join(folder, `y_${name}.npy`), {data: labels, shape: [length]});
  }
  return folder;
}

(hasKeras ? describe : describe.skip)('in Python', () => {
  test('the lines run with a real Keras, and their network is that of notebook 04', async () => {
    const folder = await prepare();
    // Keras would fetch the digits; pictures are drawn where matplotlib is, and else the calls alone are checked.
    const before = `
import sys, types
import numpy
import keras
part = lambda name: (numpy.load(f"x_{name}.npy"), numpy.load(f"y_{name}.npy"))
keras.datasets.mnist.load_data = lambda: (part("train"), part("test"))
try:
    import matplotlib
    matplotlib.use("agg")
except ImportError:
    sys.modules["matplotlib"] = types.ModuleType("matplotlib")
    sys.modules["matplotlib.pyplot"] = sys.modules["matplotlib"].pyplot = types.ModuleType("pyplot")
    def imshow(values, cmap):
        assert values.shape == (28, 28) and cmap == "gray"
    sys.modules["matplotlib.pyplot"].imshow = imshow
`;
    const after = `
assert model.count_params() == 35530
assert x.shape == (${FEW.train}, 28, 28, 1) and x.max() == 1 and y.shape == (${FEW.train}, 10)
assert table.sum() == ${FEW.test} and len(history.history["val_accuracy"]) == 8
assert keras.models.load_model("mymodel.keras").count_params() == 35530
print("all lines have run; accuracy", table.trace() / table.sum())
`;
    fs.writeFileSync(path.join(folder, 'lines.py'), [before, ...pairs.map(({python}) => python), after].join('\n'));
    const env = {...process.env, KERAS_BACKEND: 'tensorflow', TF_CPP_MIN_LOG_LEVEL: '3'};
    const out = execFileSync(PYTHON, ['lines.py'], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(out).toContain('all lines have run');
    // Guessing would be right in one of ten.
    expect(Number(/accuracy (0\.\d+)/.exec(out)![1])).toBeGreaterThan(0.5);
    fs.rmSync(folder, {recursive: true});
  }, 300_000);
});

(hasR ? describe : describe.skip)('in R', () => {
  test('each line is R', () => {
    const code = pairs.map(({r}) => r).join('\n');
    const parse = 'invisible(parse(text = readLines(file("stdin"))))';
    expect(() => execFileSync('Rscript', ['-e', parse], {input: code, stdio: ['pipe', 'pipe', 'pipe']})).not.toThrow();
  });

  (hasKerasInR ? test : test.skip)(
    'the lines run with the package keras3',
    async () => {
      const folder = await prepare();
      const before = `
np <- reticulate::import("numpy")
part <- function(name) list(
  x = np$load(paste0("x_", name, ".npy")), y = as.vector(np$load(paste0("y_", name, ".npy"))))
library(keras3)
dataset_mnist <- function() list(train = part("train"), test = part("test"))
`;
      fs.writeFileSync(
        path.join(folder, 'lines.R'),
        [before, ...pairs.map(({r}) => r), 'cat("all lines have run")'].join('\n'),
      );
      const out = execFileSync('Rscript', ['lines.R'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(out).toContain('all lines have run');
      fs.rmSync(folder, {recursive: true});
    },
    300_000,
  );
});
