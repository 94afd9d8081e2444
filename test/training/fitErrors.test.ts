import {describe, expect, test} from '@jest/globals';
import {evaluate, fit, metrics, predict, predictAll, tf} from 'convlab';
import {classifier, quiet, x, y} from './classifier';

const {layers} = tf;

describe('a clear error meets', () => {
  type Case = [name: string, run: () => Promise<unknown>, message: string];
  const cases: Case[] = [
    [
      'a model that is not compiled',
      () => fit(tf.sequential({layers: [layers.dense({units: 1, inputShape: [1]})]}), x, y),
      'fit: the model has no loss and no optimizer yet; call model.compile(',
    ],
    [
      'an x without the channel dimension',
      () =>
        predict(
          tf.sequential({layers: [layers.conv2d({filters: 1, kernelSize: 2, inputShape: [4, 4, 1]})]}),
          tf.ones([2, 4, 4]),
        ),
      'predict: x has shape [2, 4, 4] but the model takes [n, 4, 4, 1]; add the channel dimension with x.expandDims(-1)',
    ],
    [
      'a single example',
      () => predict(classifier(), tf.ones([6]).reshape([6])),
      'predict: x has shape [6] but the model takes [n, 6]; for a single example use x.expandDims(0)',
    ],
    [
      'too few columns',
      () => fit(classifier(), x, tf.ones([50, 2])),
      'fit: labels have 2 columns but the model has 3 outputs; pass numClasses to oneHot (tf.oneHot(labels, 3))',
    ],
    [
      'one-hot labels of a single output',
      () => {
        const model = tf.sequential({layers: [layers.dense({units: 1, activation: 'sigmoid', inputShape: [6]})]});
        model.compile({optimizer: 'sgd', loss: 'binaryCrossentropy'});
        return fit(model, x, tf.ones([50, 2]));
      },
      'fit: y has shape [50, 2] but the model has one output, and binaryCrossentropy takes class numbers 0 and 1 themselves, shape [n]; of one-hot labels y.argMax(-1) makes them',
    ],
    [
      'too few columns for a loss that compares numbers',
      () => fit(classifier({loss: 'meanSquaredError'}), x, tf.ones([50, 2])),
      'fit: y has shape [50, 2] but the model puts out [n, 3], and the loss meanSquaredError compares the two number by number',
    ],
    [
      'class numbers where columns belong',
      () => fit(classifier(), x, tf.ones([50])),
      'fit: y has shape [50], class numbers, but the loss categoricalCrossentropy expects a column for each of the 3 classes',
    ],
    [
      'columns where class numbers belong',
      () => fit(classifier({loss: 'sparseCategoricalCrossentropy'}), x, y),
      'fit: y has shape [50, 3] but the loss sparseCategoricalCrossentropy expects one class number an example, shape [n]',
    ],
    [
      'class numbers of the wrong shape',
      () => fit(classifier({loss: 'sparseCategoricalCrossentropy'}), x, tf.zeros([50, 1, 1])),
      'fit: y has shape [50, 1, 1] but the loss sparseCategoricalCrossentropy expects one class number an example, shape [n]',
    ],
    ...(
      [
        ['precision', 'precision', fit],
        ['recall', tf.metrics.recall, evaluate],
        ['auc', metrics.auc(), evaluate],
        ['mse', 'mse', fit],
      ] as const
    ).map(([name, metric, call]): Case => [
      `class numbers beside the metric ${name}`,
      () => {
        const model = classifier();
        model.compile({optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy', metric]});
        return call(model, x, tf.zeros([50]), {verbose: 0});
      },
      `the metric ${name} compares labels and outputs number by number, but y has shape [50] beside outputs [n, 3]; ` +
        'for class numbers compile with categoricalCrossentropy and pass tf.oneHot(labels, 3)',
    ]),
    [
      'a loss that returns a number',
      () => {
        const model = classifier();
        model.compile({optimizer: 'sgd', loss: (() => 0.5) as unknown as () => tf.Tensor});
        return fit(model, x, y, {...quiet, engine: 'eager'});
      },
      'the loss that the model was compiled with must return a tensor, got 0.5; calculate with tensors',
    ],
    ...(['auto', 'eager'] as const).map((engine): Case => [
      `labels that don't fit a loss of one's own, ${engine}`,
      () => {
        const model = classifier();
        model.compile({optimizer: 'sgd', loss: (yTrue, yPred) => yPred.sub(yTrue).square().mean(-1)});
        return fit(model, x, tf.ones([50, 2]), {...quiet, engine});
      },
      'fit: the loss that the model was compiled with failed on labels of shape [n, 2] beside outputs of shape [n, 3]: ',
    ]),
    ...(['auto', 'eager'] as const).map((engine): Case => [
      `labels that don't fit a metric of one's own, ${engine}`,
      () => {
        const model = classifier();
        const loss = (yTrue: tf.Tensor, yPred: tf.Tensor) => yPred.mean(-1).add(yTrue.mean(-1));
        const apart = (yTrue: tf.Tensor, yPred: tf.Tensor) => yPred.sub(yTrue).abs().mean();
        model.compile({optimizer: 'sgd', loss, metrics: [apart]});
        return fit(model, x, tf.ones([50, 2]), {...quiet, engine});
      },
      'fit: the metric that the model was compiled with failed on labels of shape [n, 2] beside outputs of shape [n, 3]: ',
    ]),
    [
      'weights for a loss that returns one number for all examples',
      () => {
        const model = classifier();
        model.compile({optimizer: 'sgd', loss: (yTrue, yPred) => yPred.sub(yTrue).square().mean()});
        return fit(model, x, y, {...quiet, classWeight: {0: 2}});
      },
      'classWeight and sampleWeight need a loss that returns a value for each example; the one that the model was compiled with returns a single number',
    ],
    [
      'an input under another name',
      () => {
        const [left, right] = ['left', 'right'].map((name) => tf.input({shape: [3], name}));
        const sum = layers.add().apply([left!, right!]) as tf.SymbolicTensor;
        const model = tf.model({inputs: [left!, right!], outputs: sum});
        return predict(model, {left: tf.ones([1, 3]), rigth: tf.ones([1, 3])});
      },
      "predict: x must be a tensor for each of the model's inputs left, right, got an object with left, rigth",
    ],
    [
      'a function that makes batches, without the object around it',
      () =>
        fit(
          classifier(),
          async function* () {
            yield await Promise.resolve({xs: x, ys: y});
          } as unknown as tf.Tensor,
          y,
          quiet,
        ),
      'fit: x must be a tensor, got a function; a stream is {[Symbol.asyncIterator]: f}, with f the async function*',
    ],
    [
      'class weights in a Map',
      () => fit(classifier(), x, y, {...quiet, classWeight: new Map([[0, 2]]) as unknown as {0: number}}),
      'fit: classWeight must be numbers of at least 0 by class',
    ],
    [
      'a NaN in a list of sample weights',
      () => fit(classifier(), x, y, {...quiet, sampleWeight: Array.from({length: 50}, (_, i) => (i === 7 ? NaN : 1))}),
      'fit: sampleWeight holds NaN in example 7; expected finite numbers only',
    ],
    [
      'a stream’s weights under another name',
      () => {
        const batches = async function* () {
          yield await Promise.resolve({xs: x.clone(), ys: y.clone(), weights: tf.ones([50])});
        };
        return fit(classifier(), {[Symbol.asyncIterator]: batches}, quiet);
      },
      'fit: a batch of the stream has weights, expected {xs, ys} or {xs, ys, sampleWeight}; leave it out',
    ],
    [
      'an option that predictAll does not have',
      () => predictAll(classifier(), x, {batch: 3} as object),
      'predictAll: there is no option batch',
    ],
    [
      'a class that does not exist',
      () => fit(classifier({loss: 'sparseCategoricalCrossentropy'}), x, tf.fill([50], 3)),
      'fit: y holds class 3 but the model knows classes 0 to 2; count classes from 0',
    ],
    [
      'labels of another set',
      () => evaluate(classifier(), x, y.slice(1)),
      'evaluate: x has 50 examples but y has 49 labels; do they come from the same set?',
    ],
    [
      'NaN',
      () => fit(classifier(), x.mul(tf.tensor1d([1, 1, NaN, 1, 1, 1])), y),
      'fit: x holds NaN in example 0; expected finite numbers only',
    ],
    [
      'a batch size of 0',
      () => fit(classifier(), x, y, {batchSize: 0}),
      'fit: batchSize must be a whole number of at least 1, got 0',
    ],
    [
      'half an epoch',
      () => fit(classifier(), x, y, {epochs: 0.5}),
      'fit: epochs must be a whole number of at least 1, got 0.5',
    ],
    [
      'a validation split of 1',
      () => fit(classifier(), x, y, {validationSplit: 1}),
      'fit: validationSplit must be at least 0 and below 1, got 1',
    ],
    [
      'a split that leaves nothing',
      () => fit(classifier(), x.slice(0, 1), y.slice(0, 1), {validationSplit: 0.5}),
      'fit: validationSplit 0.5 leaves none of the 1 examples to learn from',
    ],
    [
      'a split that keeps nothing aside',
      () => fit(classifier(), x, y, {validationSplit: 1e-17}),
      'fit: validationSplit 1e-17 keeps none of the 50 examples aside; leave it out',
    ],
    [
      'a single number for labels',
      () => {
        const model = classifier();
        model.compile({optimizer: 'sgd', loss: (yTrue, yPred) => yPred.sub(yTrue).square().mean(-1)});
        return fit(model, x, tf.scalar(1));
      },
      'fit: y is a single number, shape [], expected one for each example, shape [n]',
    ],
    ['no examples', () => fit(classifier(), tf.zeros([0, 6]), tf.zeros([0, 3])), 'fit: x has no examples'],
    [
      'missing labels',
      () => fit(classifier(), x, undefined as unknown as tf.Tensor),
      'fit: x is a tensor, so y must be the labels; got nothing',
    ],
    [
      'one output too many',
      () => predict(tf.model({inputs: twoOutputs[0], outputs: twoOutputs[1]}), x),
      'predict: the model has 2 outputs',
    ],
    [
      'a tensor too few',
      () => predictAll(tf.model({inputs: twoOutputs[0], outputs: twoOutputs[1]}), [x, x]),
      'predictAll: the model has 1 input (',
    ],
  ];
  const input = tf.input({shape: [6]});
  const twoOutputs = [input, [1, 2].map((units) => layers.dense({units}).apply(input) as tf.SymbolicTensor)] as const;
  test.each(cases)('%s', async (_name, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });

  test('a stream that is dry or has no labels', async () => {
    async function* once() {
      yield await Promise.resolve({xs: tf.ones([4, 6]), ys: tf.oneHot([0, 1, 2, 0], 3)});
    }
    await expect(fit(classifier(), once(), {...quiet, epochs: 2})).rejects.toThrow(
      'fit: the stream has run dry after one pass',
    );
    const images = tf.data.array([tf.ones([2, 6])]);
    await expect(fit(classifier(), images, quiet)).rejects.toThrow(
      'every batch of a stream must be {xs, ys}, got a tensor of shape [2, 6]',
    );
    await expect(fit(classifier(), images, {validationSplit: 0.1})).rejects.toThrow(
      'validationSplit needs all the examples in memory',
    );
  });

  test('a second fit of a model that trains already', async () => {
    const model = classifier();
    const first = fit(model, x, y, quiet);
    await expect(fit(model, x, y, quiet)).rejects.toThrow('fit: this model is being trained already');
    await first;
  });
});
