import {afterEach, beforeEach, describe, expect, test} from '@jest/globals';
import {
  earlyStopping,
  evaluate,
  fit,
  interruptTraining,
  type Logs,
  predict,
  type Progress,
  setReporter,
  tf,
} from 'convlab';
import {classifier, examples, quiet, x, y} from './classifier';

const lines: string[] = [];
const charts: number[] = [];
const progress: Progress[] = [];
let ended = 0;
let previous: ReturnType<typeof setReporter>;

beforeEach(() => {
  for (const list of [lines, charts, progress]) list.length = 0;
  ended = 0;
  previous = setReporter(() => ({
    line: (text) => void lines.push(text),
    progress: (now) => void progress.push(now),
    history: (history) => void charts.push(history.epoch.length),
    end: () => {
      ended++;
    },
  }));
});
afterEach(() => {
  setReporter(previous);
});

describe.each(['graph', 'eager'] as const)('fit on the %s engine', (engine) => {
  test('learns, and reports under the names of Keras', async () => {
    const model = classifier({optimizer: tf.train.adam(0.05)});
    const history = await fit(model, x, y, {...quiet, engine, epochs: 20, batchSize: 8, validationSplit: 0.2});
    expect(Object.keys(history.history)).toEqual(['loss', 'accuracy', 'val_loss', 'val_accuracy']);
    expect(history.epoch).toEqual(Array.from({length: 20}, (_, i) => i));
    expect(history.history.val_accuracy!.at(-1)).toBe(1);
    const measured = await evaluate(model, x, y, {verbose: 0, engine});
    expect(measured.accuracy).toBe(1);
    const classes = (await predict(model, x, {engine, batchSize: 7})).argMax(-1).dataSync();
    expect([...classes]).toEqual([...y.argMax(-1).dataSync()]);
  });

  test('two runs with one seed are equal, also with dropout and a smaller last batch', async () => {
    const [first, second] = [classifier({dropout: 0.3}), classifier({dropout: 0.3})];
    second.setWeights(first.getWeights());
    const options = {...quiet, engine, epochs: 4, batchSize: 16};
    expect((await fit(first, x, y, options)).history).toEqual((await fit(second, x, y, options)).history);
  });

  test('counts every example alike, though the last batch is smaller', async () => {
    const model = classifier({optimizer: tf.train.sgd(0)});
    const {history: metrics} = await fit(model, x, y, {...quiet, engine, batchSize: 16, validationData: [x, y]});
    const {loss} = await evaluate(model, x, y, {verbose: 0, batchSize: 50});
    // A mean of means would give the last 2 examples as much weight as 16 others: off by percents.
    expect(metrics.loss![0]).toBeCloseTo(loss!, 5);
    expect(metrics.val_loss![0]).toBeCloseTo(loss!, 5);
  });

  test('a learning rate changed by a callback takes effect', async () => {
    for (const optimizer of [tf.train.sgd(0.1), tf.train.rmsprop(0.1), tf.train.momentum(0.1, 0.5)]) {
      const model = classifier({optimizer});
      const first = () => [...model.getWeights()[0]!.dataSync()];
      let before: number[] = [];
      const onEpochEnd = (epoch: number) => {
        if (epoch === 0) (optimizer as unknown as {learningRate: number}).learningRate = 0;
        before = first();
      };
      const start = first();
      await fit(model, x, y, {...quiet, engine, epochs: 1});
      expect(first()).not.toEqual(start);
      await fit(model, x, y, {...quiet, engine, epochs: 3, callbacks: {onEpochEnd}});
      expect(first()).toEqual(before);
      expect((optimizer as unknown as {learningRate: number}).learningRate).toBe(0);
    }
  });

  test('callbacks see the weights as they are, and what they set is what trains on', async () => {
    const model = classifier({optimizer: tf.train.sgd(0.1)});
    const zeros = model.getWeights().map((weight) => tf.zerosLike(weight));
    const seen: number[] = [];
    const onBatchEnd = (batch: number) => {
      seen.push(model.getWeights()[2]!.abs().sum().dataSync()[0]!);
      if (batch === 1) model.setWeights(zeros);
    };
    const options = {...quiet, engine, batchSize: 10, shuffle: false, callbacks: {onBatchEnd}};
    const {history: metrics} = await fit(model, x, y, options);
    // Two steps' weights, then zeros.
    expect(new Set(seen).size).toBe(3);
    expect(metrics.loss![0]).toBeGreaterThan(0.9);
    // From all zeros only the last bias can learn, for no gradient passes a layer of zeros.
    expect(model.getWeights()[0]!.abs().sum().dataSync()[0]).toBe(0);
  });

  test('a second fit goes on where the first ended, optimizer state included', async () => {
    const [once, twice] = [classifier(), classifier()];
    twice.setWeights(once.getWeights());
    const options = {...quiet, engine, shuffle: false};
    await fit(once, x, y, {...options, epochs: 4});
    await fit(twice, x, y, {...options, epochs: 2});
    await fit(twice, x, y, {...options, epochs: 2});
    once.getWeights().forEach((weight, i) => {
      expect([...weight.dataSync()]).toEqual([...twice.getWeights()[i]!.dataSync()]);
    });
  });

  test('leaves no tensor behind but the optimizer’s', async () => {
    const model = classifier();
    const run = async () => {
      await fit(model, x, y, {...quiet, engine, epochs: 2, batchSize: 16, validationSplit: 0.2});
      await evaluate(model, x, y, {verbose: 0, batchSize: 8, engine});
      (await predict(model, x, {batchSize: 8, engine})).dispose();
    };
    await run();
    const {numTensors, numDataBuffers} = tf.memory();
    await run();
    expect(tf.memory()).toMatchObject({numTensors, numDataBuffers});
  });

  test('an interrupt ends the run within the batch, and keeps what was learnt', async () => {
    const model = classifier();
    const begun = [...model.getWeights()[0]!.dataSync()];
    const onBatchEnd = (batch: number) => {
      if (batch === 2) expect(interruptTraining()).toBe(true);
    };
    const history = await fit(model, x, y, {engine, epochs: 3, batchSize: 5, callbacks: {onBatchEnd}});
    expect(history.epoch).toEqual([]);
    expect(lines.at(-1)).toBe('Interrupted after 3 batches; the model keeps what it has learnt.');
    expect([...model.getWeights()[0]!.dataSync()]).not.toEqual(begun);
    expect(interruptTraining()).toBe(false);
    expect(ended).toBe(1);
  });

  test('an interrupt says so where a callback puts other weights back', async () => {
    const best = earlyStopping({monitor: 'loss', patience: 5, restoreBestWeights: true});
    let batches = 0;
    const onBatchEnd = () => {
      if (++batches === 13) interruptTraining();
    };
    const callbacks = [best, {onBatchEnd}];
    await fit(classifier(), x, y, {engine, epochs: 3, batchSize: 5, callbacks});
    expect(lines.at(-1)).toBe(
      'Interrupted after 3 batches; the model has the weights that a callback put into it, such as the best of those before.',
    );
  });
});

describe('fit', () => {
  test('validates on the last part, cut before shuffling', async () => {
    const model = classifier({optimizer: tf.train.sgd(0)});
    const {history: metrics} = await fit(model, x, y, {...quiet, validationSplit: 0.3});
    const last = await evaluate(model, x.slice(35), y.slice(35), {verbose: 0});
    expect(metrics.val_loss![0]).toBeCloseTo(last.loss!, 5);
  });

  test('prints what Keras prints', async () => {
    await fit(classifier(), x, y, {epochs: 2, batchSize: 16, validationSplit: 0.2});
    expect(lines.filter((_, i) => i % 2 === 0)).toEqual(['Epoch 1/2', 'Epoch 2/2']);
    const number = String.raw`\d\.\d{4}`;
    const pattern = `^3/3 - \\ds - loss: ${number} - accuracy: ${number} - val_loss: ${number} - val_accuracy: ${number}$`;
    expect(lines[1]).toMatch(new RegExp(pattern));
    expect(charts).toEqual([1, 2]);
    expect(ended).toBe(1);
  });

  test('calls callbacks in order, each with its logs, and awaits them', async () => {
    const calls: string[] = [];
    const note = (name: string) => async (first?: unknown, logs?: Logs) => {
      await Promise.resolve();
      calls.push(`${name} ${typeof first === 'number' ? first : ''} ${Object.keys(logs ?? {}).join()}`.trim());
    };
    const callbacks = Object.fromEntries(
      ['onTrainBegin', 'onEpochBegin', 'onBatchBegin', 'onBatchEnd', 'onEpochEnd', 'onTrainEnd'].map((name) => [
        name,
        note(name),
      ]),
    );
    await fit(classifier(), x, y, {...quiet, batchSize: 25, callbacks: [callbacks, {}]});
    expect(calls).toEqual([
      'onTrainBegin',
      'onEpochBegin 0',
      'onBatchBegin 0 batch,size',
      'onBatchEnd 0 batch,size,loss,accuracy',
      'onBatchBegin 1 batch,size',
      'onBatchEnd 1 batch,size,loss,accuracy',
      'onEpochEnd 0 loss,accuracy',
      'onTrainEnd',
    ]);
  });

  test('stops when model.stopTraining is set, and takes tfjs’s own early stopping', async () => {
    const model = classifier();
    const stop = {onEpochEnd: (epoch: number) => void (model.stopTraining = epoch === 1)};
    expect((await fit(model, x, y, {...quiet, epochs: 5, callbacks: stop})).epoch).toEqual([0, 1]);
    const still = classifier({optimizer: tf.train.sgd(0)});
    const callbacks = tf.callbacks.earlyStopping({monitor: 'loss', patience: 2, minDelta: 1e-4});
    expect((await fit(still, x, y, {...quiet, epochs: 9, callbacks})).epoch).toHaveLength(3);
  });

  test('earlyStopping goes back to the weights of the best epoch', async () => {
    const model = classifier({optimizer: tf.train.sgd(0.1)});
    const best: number[][] = [];
    const spoil = {
      onEpochEnd: (epoch: number, logs?: Logs) => {
        best.push([...model.getWeights()[0]!.dataSync()]);
        // Pretends that the loss rises from the third epoch on.
        if (epoch > 1) logs!.val_loss = epoch;
      },
    };
    const callbacks = [spoil, earlyStopping({patience: 2, restoreBestWeights: true})];
    const {epoch: epochs} = await fit(model, x, y, {...quiet, epochs: 9, validationSplit: 0.2, callbacks});
    expect(epochs).toEqual([0, 1, 2, 3]);
    expect([...model.getWeights()[0]!.dataSync()]).toEqual(best[1]);
    await expect(fit(model, x, y, {...quiet, callbacks: earlyStopping()})).rejects.toThrow(
      'earlyStopping: there is no val_loss to watch, only loss, accuracy',
    );
  });

  test.each(['toString', 'constructor', '__proto__'])('takes a metric function that is named %s', async (name) => {
    const metric = (_: tf.Tensor, predicted: tf.Tensor) => predicted.mean();
    Object.defineProperty(metric, 'name', {value: name});
    const model = classifier();
    model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: [metric]});
    const {history} = await fit(model, x, y, {...quiet, epochs: 2, validationSplit: 0.2});
    expect(Object.keys(history)).toEqual(['loss', name, 'val_loss', `val_${name}`]);
    expect(history[name]).toHaveLength(2);
  });

  test('lets the event loop have its turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 20);
    const begun = performance.now();
    const [manyX, manyY] = examples(20000);
    await fit(classifier(), manyX, manyY, {...quiet, batchSize: 8});
    clearInterval(timer);
    // A turn every 100 ms is promised.
    expect(turns).toBeGreaterThan((performance.now() - begun) / 100);
  });
});
