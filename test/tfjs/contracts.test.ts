// What lib/src/tfjs takes for granted of the insides of TensorFlow.js and tfjs-node, one test an assumption: after an
// upgrade, these say which no longer holds.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the module object, whose functions are replaced.
import core = require('@tensorflow/tfjs-core');
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {messages} from '../../lib/src/tfjs/messages';
import {withReplaced} from '../../lib/src/tfjs/replaced';

const isFunction = (value: unknown) => typeof value === 'function';
const inside = (value: object) => value as Record<string, unknown>;

function compiled(optimizer: tf.Optimizer = tf.train.sgd(0.1)): tf.LayersModel {
  const kernelRegularizer = tf.regularizers.l2({l2: 1});
  const input = tf.input({shape: [2]});
  const output = tf.layers.dense({units: 3, kernelRegularizer}).apply(input) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: output});
  model.compile({optimizer, loss: 'meanSquaredError', metrics: ['mae']});
  return model;
}

test('binding.ts: the backend has a native binding with these functions, and a table of native tensors', () => {
  const {binding, tensorMap} = tf.backend() as unknown as {binding: object; tensorMap: Map<object, object>};
  const names = ['executeOp', 'createTensor', 'tensorDataSync', 'deleteTensor'];
  const ofModels = ['loadSavedModel', 'runSavedModel', 'deleteSavedModel'];
  expect([...names, ...ofModels].filter((name) => !isFunction(inside(binding)[name]))).toEqual([]);
  expect(Object.keys(tensorMap.get(tf.scalar(1).dataId)!)).toEqual(expect.arrayContaining(['id', 'refCount']));
});

test('binding.ts: attributes of operations are numbered so', () => {
  const {binding} = tf.backend() as unknown as {binding: Record<string, number>};
  const names = ['STRING', 'INT', 'FLOAT', 'BOOL', 'TYPE', 'SHAPE'];
  expect(names.map((name) => binding[`TF_ATTR_${name}`])).toEqual([0, 1, 2, 3, 4, 5]);
  expect([binding.TF_FLOAT, binding.TF_INT32, binding.TF_UINT8, binding.TF_BOOL]).toEqual([1, 3, 4, 10]);
});

test('compiled.ts and settings.ts: a compiled model keeps this', () => {
  const model = inside(compiled());
  expect(model).toMatchObject({loss: 'meanSquaredError', metrics: ['mae'], metricsNames: ['loss', 'mae']});
  expect((model.lossFunctions as unknown[]).map(isFunction)).toEqual([true]);
  expect(model.metricsTensors).toEqual([[expect.any(Function), 0]]);
  expect(model.collectedTrainableWeights).toHaveLength(2);
  expect(model.optimizer).toBeInstanceOf(tf.SGDOptimizer);
  expect(isFunction(model.checkTrainableWeightsConsistency)).toBe(true);
});

test('layers.ts: a layer keeps its weights and penalties, and a weight its variable', () => {
  const {_trainableWeights, _nonTrainableWeights, _losses} = inside(compiled().layers[1]!);
  expect([_trainableWeights, _nonTrainableWeights]).toEqual([expect.any(Array), []]);
  expect((_losses as unknown[]).map(isFunction)).toEqual([true]);
  for (const weight of _trainableWeights as {val: unknown}[]) expect(weight.val).toBeInstanceOf(tf.Variable);
  expect(isFunction(inside(tf.layers.Layer.prototype).addWeight)).toBe(true);
});

test('learningRate.ts: optimizers have a rate; SGD and momentum keep a tensor made of it', () => {
  const optimizers = [tf.train.sgd(0.1), tf.train.momentum(0.1, 0.9), tf.train.adam(0.1), tf.train.rmsprop(0.1)];
  for (const optimizer of optimizers) expect(inside(optimizer).learningRate).toBe(0.1);
  for (const optimizer of optimizers.slice(0, 2)) expect(isFunction(inside(optimizer).setLearningRate)).toBe(true);
  for (const optimizer of optimizers) expect(isFunction(inside(optimizer).incrementIterations)).toBe(true);
});

test('settings.ts: rmsprop and Adam read these numbers at every step', () => {
  expect(inside(tf.train.rmsprop(0.1, 0.8, 0.5))).toMatchObject({decay: 0.8, momentum: 0.5});
  expect(inside(tf.train.adam(0.1, 0.8, 0.9))).toMatchObject({beta1: 0.8, beta2: 0.9});
});

test('settings.ts: the registry knows every layer and optimizer of TensorFlow.js by its class', () => {
  const {classNameMap} = tf.serialization.SerializationMap.getMap();
  const names = ['Dense', 'Conv2D', 'LSTM', 'LSTMCell', 'Bidirectional', 'L1L2', 'MaxNorm', 'Adam', 'RMSProp', 'SGD'];
  expect(names.filter((name) => !(name in classNameMap))).toEqual([]);
});

test('tape.ts: what is put aside for the backward pass is on the active tape', () => {
  const {state} = tf.engine() as unknown as {state: {activeTape?: unknown}};
  let saved: unknown;
  tf.grad((x) => {
    const squared = x.square();
    saved = (state.activeTape as {kernelName: string; saved?: unknown[]}[]).find(
      ({kernelName}) => kernelName === 'Square',
    )?.saved?.[0];
    return squared;
  })(tf.scalar(2));
  expect(saved).toBeInstanceOf(tf.Tensor);
});

test('kernels.ts and pointwise.ts: these kernels are registered', () => {
  for (const name of ['Conv2DBackpropFilter', 'GatherV2', 'Step']) {
    expect(isFunction(tf.getKernel(name, 'tensorflow').kernelFunc)).toBe(true);
  }
});

test('kernels.ts: the engine takes a kernel’s function from the registry’s object at every call', () => {
  const kernel = tf.getKernel('Step', 'tensorflow');
  let calls = 0;
  const counting: tf.KernelFunc = (call) => {
    calls++;
    return kernel.kernelFunc === counting ? tf.scalar(5) : usual(call);
  };
  const usual = kernel.kernelFunc;
  const results = [withReplaced(kernel, {kernelFunc: counting}, () => tf.step(tf.scalar(2))), tf.step(tf.scalar(2))];
  expect([calls, ...results.map((result) => result.dataSync()[0])]).toEqual([1, 5, 1]);
});

test('randomOps.ts: layers and tf draw by these functions of the core’s module, found anew at every call', () => {
  const drawn: string[] = [];
  const stand = Object.fromEntries(
    (['randomUniform', 'randomNormal', 'truncatedNormal', 'dropout'] as const).map((name) => {
      const usual = core[name] as (...given: unknown[]) => tf.Tensor;
      return [
        name,
        (...given: unknown[]) => {
          drawn.push(name);
          return usual(...given);
        },
      ];
    }),
  );
  const x = tf.ones([2, 3]);
  const layers = {
    dropout: tf.layers.dropout({rate: 0.5}),
    noise: tf.layers.gaussianNoise({stddev: 1}),
    alpha: tf.layers.alphaDropout({rate: 0.5}),
    truncated: tf.layers.dense({units: 1, kernelInitializer: 'truncatedNormal'}),
  };
  const heard = Object.entries(layers).map(([name, layer]) => {
    drawn.length = 0;
    withReplaced<object, unknown>(core, stand, () => layer.apply(x, {training: true}));
    return [name, [...drawn]];
  });
  expect(Object.fromEntries(heard)).toEqual({
    dropout: ['dropout'],
    noise: ['randomNormal'],
    alpha: ['randomUniform'],
    truncated: ['truncatedNormal'],
  });
});

test('frozenNormalization.ts: a model calls a layer by its own `call`, and says there that it trains', () => {
  const layer = tf.layers.batchNormalization({inputShape: [2]});
  const model = tf.sequential({layers: [layer]});
  const said: unknown[] = [];
  const call = layer.call.bind(layer);
  const listening: typeof call = (inputs, kwargs) => {
    said.push(kwargs.training);
    return call(inputs, kwargs);
  };
  withReplaced(layer, {call: listening}, () => model.apply(tf.ones([3, 2]), {training: true}));
  expect(said).toEqual([true]);
});

test('masks.ts: a model asks a layer for its mask right after it has called it', () => {
  const embedding = tf.layers.embedding({inputDim: 4, outputDim: 2, maskZero: true, inputShape: [3]});
  const last = tf.layers.activation({activation: 'linear'});
  const model = tf.sequential({layers: [embedding, last]});
  const asked: string[] = [];
  const apply = last.apply.bind(last);
  const computeMask = last.computeMask.bind(last);
  const listening: Pick<tf.layers.Layer, 'apply' | 'computeMask'> = {
    apply: (...given) => {
      const output = apply(...given);
      asked.push('called');
      return output;
    },
    computeMask: (...given) => {
      asked.push('asked for its mask');
      return computeMask(...given);
    },
  };
  withReplaced(last, listening, () => model.apply(tf.tensor2d([[1, 2, 0]])));
  expect(last.supportsMasking).toBe(true);
  // Within the call it asks, too.
  expect(asked.slice(-2)).toEqual(['called', 'asked for its mask']);
});

test('fusedNormalization.ts: batch normalization keeps this, and its class’s `call` does the work', () => {
  const layer = tf.layers.batchNormalization({inputShape: [2], momentum: 0.7, epsilon: 0.1});
  tf.sequential({layers: [layer]});
  expect(inside(layer)).toMatchObject({axis: -1, momentum: 0.7, epsilon: 0.1});
  const weights = ['gamma', 'beta', 'movingMean', 'movingVariance'].map((name) =>
    inside(inside(layer)[name] as object),
  );
  for (const weight of weights) expect([weight.read, weight.write].map(isFunction)).toEqual([true, true]);
  const prototype = Object.getPrototypeOf(layer) as object;
  expect(Object.hasOwn(prototype, 'call') && !Object.hasOwn(layer, 'call')).toBe(true);
});

test('logits.ts: every operation goes through the engine’s runKernel', () => {
  const engine = inside(tf.engine());
  const usual = engine.runKernel as (...given: unknown[]) => unknown;
  const names: unknown[] = [];
  engine.runKernel = (...given: unknown[]) => {
    names.push(given[0]);
    return usual.apply(engine, given);
  };
  try {
    tf.softmax(tf.tensor1d([1, 2])).sigmoid();
  } finally {
    delete engine.runKernel;
  }
  expect(names).toEqual(expect.arrayContaining(['Softmax', 'Sigmoid']));
});

test('messages.ts: tfjs-node ships these classes', () => {
  const node = new messages.NodeDef();
  node.setName('one');
  node.getAttrMap().set('T', new messages.AttrValue());
  const classes: unknown[] = [
    messages.GraphDef,
    messages.MetaGraphDef,
    messages.MetaGraphDef.MetaInfoDef,
    messages.SavedModel,
  ];
  const more = [
    messages.SignatureDef,
    messages.Tensor,
    messages.TensorInfo,
    messages.TensorShape.Dim,
    messages.VersionDef,
  ];
  expect([...classes, ...more].every(isFunction)).toBe(true);
  expect(new messages.SavedModel().serializeBinary()).toHaveLength(0);
});
