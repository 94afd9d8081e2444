// Programs of tensorflow/tfjs-examples that look at texts and series, written anew.
import {tf} from 'convlab';
import {classes, type Example, numbers, type Size, texts, whole} from './example';

const {layers} = tf;

/** addition-rnn: reads "12+34" letter by letter and writes the sum. */
export function addition(size: Size, kind: 'simpleRNN' | 'gru' | 'lstm' = 'lstm'): Example {
  const [n, letters, units] = [size(32, 1280), 12, size(6, 128)];
  const model = () => {
    const recurrent = (options: Parameters<typeof layers.simpleRNN>[0]) =>
      kind === 'gru' ? layers.gru(options) : layers[kind](options);
    const built = tf.sequential({
      layers: [
        recurrent({units, recurrentInitializer: 'glorotNormal', inputShape: [5, letters]}),
        layers.repeatVector({n: 3}),
        recurrent({units, recurrentInitializer: 'glorotNormal', returnSequences: true}),
        layers.timeDistributed({layer: layers.dense({units: letters})}),
        layers.activation({activation: 'softmax'}),
      ],
    });
    built.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {
    model,
    x: texts(n, 5, letters, 21),
    y: texts(n, 3, letters, 22),
    batchSize: size(8, 128),
    validationSplit: 0.25,
  };
}

/** lstm-text-generation: two LSTMs guess the next letter. */
export function textGeneration(size: Size): Example {
  const [n, length, letters] = [size(24, 512), size(6, 40), size(8, 60)];
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.lstm({units: size(6, 64), returnSequences: true, inputShape: [length, letters]}),
        layers.lstm({units: size(6, 64)}),
        layers.dense({units: letters, activation: 'softmax'}),
      ],
    });
    built.compile({optimizer: tf.train.rmsprop(0.01), loss: 'categoricalCrossentropy'});
    return built;
  };
  return {model, x: texts(n, length, letters, 23), y: classes(n, letters, 23), batchSize: size(8, 64)};
}

/** date-conversion-attention: an encoder, a decoder, and attention by two dots and a softmax. */
export function attention(size: Size): Example {
  const [n, given, wanted, letters, units] = [size(24, 512), size(5, 12), size(4, 10), size(7, 35), size(6, 64)];
  const model = () => {
    const embedding = {inputDim: letters, outputDim: units};
    const [source, target] = [tf.input({shape: [given]}), tf.input({shape: [wanted]})];
    const embedded = layers.embedding({...embedding, inputLength: given}).apply(source);
    const encoded = layers.lstm({units, returnSequences: true}).apply(embedded) as tf.SymbolicTensor;
    const started = layers.embedding({...embedding, inputLength: wanted}).apply(target);
    const decoded = layers.lstm({units, returnSequences: true}).apply(started) as tf.SymbolicTensor;
    const scores = layers.dot({axes: [2, 2]}).apply([decoded, encoded]) as tf.SymbolicTensor;
    const weights = layers.activation({activation: 'softmax'}).apply(scores) as tf.SymbolicTensor;
    const context = layers.dot({axes: [2, 1]}).apply([weights, encoded]) as tf.SymbolicTensor;
    const both = layers.concatenate().apply([context, decoded]);
    const hidden = layers.timeDistributed({layer: layers.dense({units, activation: 'tanh'})}).apply(both);
    const letter = layers.timeDistributed({layer: layers.dense({units: letters, activation: 'softmax'})});
    const built = tf.model({inputs: [source, target], outputs: letter.apply(hidden) as tf.SymbolicTensor});
    built.compile({optimizer: 'adam', loss: 'categoricalCrossentropy'});
    return built;
  };
  const x = [whole([n, given], letters, 24).toFloat(), whole([n, wanted], letters, 25).toFloat()];
  return {model, x, y: texts(n, wanted, letters, 24), batchSize: size(8, 128)};
}

/** translation: the decoder begins with the states that the encoder ends with. */
export function translation(size: Size): Example {
  const [n, length, letters, units] = [size(24, 256), size(5, 16), size(7, 70), size(6, 64)];
  const model = () => {
    const [source, target] = [tf.input({shape: [length, letters]}), tf.input({shape: [length, letters]})];
    const [, ...states] = layers.lstm({units, returnState: true}).apply(source) as tf.SymbolicTensor[];
    const decoder = layers.lstm({units, returnSequences: true});
    const decoded = decoder.apply(target, {initialState: states}) as tf.SymbolicTensor;
    const letter = layers.dense({units: letters, activation: 'softmax'}).apply(decoded) as tf.SymbolicTensor;
    const built = tf.model({inputs: [source, target], outputs: letter});
    built.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy'});
    return built;
  };
  const x = [texts(n, length, letters, 26), texts(n, length, letters, 27)];
  return {model, x, y: texts(n, length, letters, 28), batchSize: size(8, 64)};
}

/** jena-weather: a GRU foretells the temperature, by mean absolute error. */
export function weather(size: Size): Example {
  const [n, steps] = [size(32, 512), size(6, 48)];
  const model = () => {
    const built = tf.sequential({layers: [layers.gru({units: size(5, 32), inputShape: [steps, 14]})]});
    built.add(layers.dense({units: 1}));
    built.compile({optimizer: 'rmsprop', loss: 'meanAbsoluteError'});
    return built;
  };
  return {
    model,
    x: numbers([n, steps, 14], 29, -1),
    y: numbers([n, 1], 29, -1),
    batchSize: size(8, 128),
    validationSplit: 0.25,
  };
}

/** sentiment's cnn: words, one-dimensional convolutions, the strongest answer of each. */
export function sentiment(size: Size): Example {
  const [n, length, words] = [size(32, 640), size(10, 100), size(20, 10000)];
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.embedding({inputDim: words, outputDim: size(6, 128), inputLength: length}),
        layers.conv1d({filters: size(6, 250), kernelSize: 5, activation: 'relu', padding: 'valid'}),
        layers.globalMaxPool1d({}),
        layers.dense({units: size(6, 250), activation: 'relu'}),
        layers.dense({units: 1, activation: 'sigmoid'}),
      ],
    });
    built.compile({optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {
    model,
    x: whole([n, length], words, 30),
    y: whole([n, 1], 2, 30).toFloat(),
    batchSize: size(8, 128),
    validationSplit: 0.25,
  };
}

/** sentiment's other network: an LSTM in both directions. */
export function bidirectional(size: Size): Example {
  const [n, length, words] = [size(24, 256), size(6, 60), size(20, 10000)];
  const model = () => {
    const layer = layers.lstm({units: size(5, 32)});
    const built = tf.sequential({
      layers: [
        layers.embedding({inputDim: words, outputDim: size(6, 32), inputLength: length}),
        layers.bidirectional({layer, mergeMode: 'concat'}),
        layers.dense({units: 1, activation: 'sigmoid'}),
      ],
    });
    built.compile({optimizer: 'rmsprop', loss: 'binaryCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {model, x: whole([n, length], words, 31), y: whole([n, 1], 2, 31).toFloat(), batchSize: size(8, 32)};
}

/** Texts of several lengths: the zeros at their ends are masked. */
export function masked(size: Size): Example {
  const [n, length] = [size(24, 256), size(6, 40)];
  const model = () => {
    const built = tf.sequential({layers: [layers.masking({maskValue: 0, inputShape: [length, 3]})]});
    built.add(layers.lstm({units: size(5, 32)}));
    built.add(layers.dense({units: 2, activation: 'softmax'}));
    built.compile({optimizer: 'adam', loss: 'categoricalCrossentropy'});
    return built;
  };
  const isText = tf
    .range(0, length)
    .less(whole([n, 1], length, 32).add(1))
    .expandDims(-1);
  return {model, x: numbers([n, length, 3], 32, 0.1).mul(isText), y: classes(n, 2, 32), batchSize: size(8, 32)};
}

/** A recurrent layer that keeps its state from batch to batch. */
export function stateful(size: Size): Example {
  const [n, batchSize, length] = [size(24, 256), size(8, 32), size(4, 20)];
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.lstm({units: size(5, 32), stateful: true, batchInputShape: [batchSize, length, 2]}),
        layers.dense({units: 1}),
      ],
    });
    built.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
    return built;
  };
  return {model, x: numbers([n, length, 2], 33), y: numbers([n, 1], 33), batchSize, epochs: 1};
}
