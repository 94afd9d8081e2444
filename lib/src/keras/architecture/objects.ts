import {leakyRelu, OWN_ACTIVATIONS, slopeOf} from '../../layers/activations';
import {asObject, asString, isObject, shorten, type Json, type JsonObject} from '../json';
import {isLeftOut} from './regularizers';

// The small parts of a layer's configuration that have a name of their own: activations, initializers, regularizers,
// constraints. Both sides share the names below; anything else is refused.

/** TensorFlow.js's name in snake case → Keras's. hard_sigmoid is treated apart. */
const ACTIVATIONS = new Map([
  ...'elu gelu linear log_softmax mish relu relu6 selu sigmoid softmax softplus softsign tanh'
    .split(' ')
    .map((name) => [name, name] as const),
  ['swish', 'silu'],
  ...OWN_ACTIVATIONS,
]);

interface Kind {
  module: string;
  /** TensorFlow.js's class → Keras's. */
  classes: ReadonlyMap<string, string>;
}

const same = (names: string) => names.split(' ').map((name) => [name, name] as const);
const KINDS: readonly [suffix: string, kind: Kind][] = [
  [
    '_initializer',
    {
      module: 'keras.initializers',
      classes: new Map([
        ...same('Zeros Ones Constant RandomUniform RandomNormal TruncatedNormal Identity VarianceScaling Orthogonal'),
        ...same('GlorotUniform GlorotNormal HeUniform HeNormal'),
        ['LeCunUniform', 'LecunUniform'],
        ['LeCunNormal', 'LecunNormal'],
      ]),
    },
  ],
  ['_regularizer', {module: 'keras.regularizers', classes: new Map(same('L1L2'))}],
  ['_constraint', {module: 'keras.constraints', classes: new Map(same('MaxNorm UnitNorm NonNeg MinMaxNorm'))}],
];

/** Keras's regularizers, all of which are L1L2 here, with what they take for a penalty that isn't said. */
const PENALTIES: Readonly<Record<string, {l1: number; l2: number}>> = {
  L1: {l1: 0.01, l2: 0},
  L2: {l1: 0, l2: 0.01},
  L1L2: {l1: 0, l2: 0},
};

function kindOf(key: string): Kind | undefined {
  return KINDS.find(([suffix]) => key.endsWith(suffix))?.[1];
}

function isActivation(key: string): boolean {
  return key === 'activation' || key === 'recurrent_activation';
}

/** The version of Keras that a file is for. */
export type KerasVersion = 2 | 3;

/** What each version means by 'hard_sigmoid'; TensorFlow.js means what Keras 2 does. */
const HARD_SIGMOID: Readonly<Record<KerasVersion, string>> = {2: 'hard_sigmoid', 3: 'hard_sigmoid_of_sixths'};

function hardSigmoidToKeras(key: string, name: string, version: KerasVersion): Json {
  if (HARD_SIGMOID[version] === name) return 'hard_sigmoid';
  throw new Error(
    version === 2
      ? `${key} hard_sigmoid is x/6 + 0.5, as in Keras 3, and 0.2x + 0.5 in Keras 2: save it without {kerasVersion: 2}`
      : `${key} 'hardSigmoid' is 0.2x + 0.5 in TensorFlow.js and Keras 2, and x/6 + 0.5 in Keras 3: save it for Keras 2, ` +
          "keras.save(model, 'mymodel.h5', {kerasVersion: 2}), or in TensorFlow.js's own format, model.save('file://folder')",
  );
}

/** One argument of a layer as Keras 3 writes it, modules and all. */
export function argumentToKeras(key: string, value: Json, version: KerasVersion): Json {
  if (value === null) return null;
  if (isActivation(key)) {
    const name = asString(value, key);
    if (Object.values(HARD_SIGMOID).includes(name)) return hardSigmoidToKeras(key, name, version);
    const slope = slopeOf(name);
    if (slope !== undefined) return leakyToKeras(slope);
    const keras = ACTIVATIONS.get(name);
    if (keras === undefined) throw new Error(`Keras has no activation '${name}'`);
    return keras;
  }
  const kind = kindOf(key);
  if (!kind) return value;
  const {class_name, config} = asObject(value, key);
  const keras = kind.classes.get(asString(class_name, key));
  if (keras === undefined) throw new Error(`Keras has no ${key} ${shorten(class_name)}`);
  return {module: kind.module, class_name: keras, config: config ?? {}, registered_name: null};
}

/** One argument of a Keras layer as TensorFlow.js reads it. `keras` is the major version that wrote it. */
export function argumentToTfjs(key: string, value: Json, keras: number): Json {
  if (value === null) return null;
  if (isActivation(key)) return activationToTfjs(key, value, keras);
  const kind = kindOf(key);
  if (!kind) return value;
  if (isLeftOut(key, value)) return null;
  const {className, config} = typeof value === 'string' ? {className: value, config: {}} : classOf(value, key);
  const penalties = PENALTIES[className];
  if (penalties) return {class_name: 'L1L2', config: {l1: config.l1 ?? penalties.l1, l2: config.l2 ?? penalties.l2}};
  // Keras 3.0 to 3.6 wrote Orthogonal by its full name, and reads both.
  const wanted = className === 'OrthogonalInitializer' ? 'Orthogonal' : className;
  for (const [tfjs, name] of kind.classes) {
    if (name !== wanted && tfjs !== wanted) continue;
    // A seed may be an object that only Keras understands, and it would draw other numbers here anyway.
    return {class_name: tfjs, config: 'seed' in config ? {...config, seed: null} : config};
  }
  throw new Error(`${key} '${className}' doesn't exist in TensorFlow.js`);
}

/** The function where it has this slope; otherwise the layer, which can be an activation, too. */
function leakyToKeras(slope: number): Json {
  if (slope === 0.2) return 'leaky_relu';
  const config = {negative_slope: slope};
  return {module: 'keras.layers', class_name: 'LeakyReLU', config, registered_name: null};
}

/** A layer that is used as an activation, as far as it is no more than that. */
function layerAsActivation(value: JsonObject, key: string): string | undefined {
  const {class_name, config} = value;
  const {negative_slope, alpha, max_value = null, threshold = 0} = isObject(config) ? config : {};
  if (class_name === 'LeakyReLU') {
    const slope = negative_slope ?? alpha ?? 0.3;
    if (typeof slope !== 'number') throw new Error(`${key} LeakyReLU has a slope of ${shorten(slope)}`);
    return leakyRelu(slope);
  }
  if (class_name !== 'ReLU' || threshold !== 0) return undefined;
  if (max_value === null)
    return typeof negative_slope === 'number' && negative_slope > 0 ? leakyRelu(negative_slope) : 'relu';
  return max_value === 6 && (negative_slope ?? 0) === 0 ? 'relu6' : undefined;
}

const SAME: ReadonlyMap<string, string> = new Map([
  ['hard_swish', 'hard_silu'],
  ['swish', 'silu'],
  ['logsigmoid', 'log_sigmoid'],
]);

function activationToTfjs(key: string, value: Json, keras: number): string {
  const given = isObject(value) && typeof value.config === 'string' ? value.config : value;
  const layer = isObject(given) ? layerAsActivation(given, key) : undefined;
  if (layer !== undefined) return layer;
  const name = typeof given === 'string' ? (SAME.get(given) ?? given) : given;
  if (typeof name !== 'string') throw new Error(`${key} ${shorten(value)} is code, which is never run`);
  if (name === 'hard_sigmoid') {
    // x/6 + 0.5 from Keras 3 on; 0.2x + 0.5 before, and in TensorFlow.js.
    return HARD_SIGMOID[keras < 3 ? 2 : 3];
  }
  if (name === 'leaky_relu') return leakyRelu(0.2);
  for (const [tfjs, other] of ACTIVATIONS) if (name === other || name === tfjs) return tfjs;
  throw new Error(`${key} '${name}' doesn't exist in TensorFlow.js`);
}

function classOf(value: Json, key: string): {className: string; config: JsonObject} {
  const {class_name, config} = asObject(value, key);
  return {className: asString(class_name, `${key}'s class_name`), config: asObject(config ?? {}, `${key}'s config`)};
}
