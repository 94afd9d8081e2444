import {asObject, asString, isObject, shorten, type Json, type JsonObject} from '../json';

// The small parts of a layer's configuration that have a name of their own: activations, initializers, regularizers,
// constraints. Both sides share the names below; anything else is refused.

/** TensorFlow.js's name in snake case → Keras's. hard_sigmoid is treated apart. */
const ACTIVATIONS = new Map([
  ...'elu gelu linear log_softmax mish relu relu6 selu sigmoid softmax softplus softsign tanh'
    .split(' ')
    .map((name) => [name, name] as const),
  ['swish', 'silu'],
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

function kindOf(key: string): Kind | undefined {
  return KINDS.find(([suffix]) => key.endsWith(suffix))?.[1];
}

function isActivation(key: string): boolean {
  return key === 'activation' || key === 'recurrent_activation';
}

/** One argument of a layer as Keras 3 writes it, modules and all. */
export function argumentToKeras(key: string, value: Json): Json {
  if (value === null) return null;
  if (isActivation(key)) {
    const name = asString(value, key);
    if (name === 'hard_sigmoid') {
      throw new Error(
        `${key} 'hardSigmoid' is 0.2x + 0.5 in TensorFlow.js and x/6 + 0.5 in Keras 3; ` +
          "keep the model in TensorFlow.js's own format, model.save('file://folder'), or train one with " +
          `${key === 'activation' ? 'activation' : 'recurrentActivation'}: 'sigmoid'`,
      );
    }
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
  if (key === 'padding' && value === 'causal') throw new Error("padding 'causal' isn't computed by TensorFlow.js");
  if (isActivation(key)) return activationToTfjs(key, value, keras);
  const kind = kindOf(key);
  if (!kind) return value;
  const {className, config} = typeof value === 'string' ? {className: value, config: {}} : classOf(value, key);
  if (className === 'L1' || className === 'L2') {
    const {l1 = 0, l2 = 0} = config;
    return {class_name: 'L1L2', config: {l1, l2}};
  }
  // Keras 3.0 to 3.6 wrote Orthogonal by its full name, and reads both.
  const wanted = className === 'OrthogonalInitializer' ? 'Orthogonal' : className;
  for (const [tfjs, name] of kind.classes) {
    if (name !== wanted && tfjs !== wanted) continue;
    // A seed may be an object that only Keras understands, and it would draw other numbers here anyway.
    return {class_name: tfjs, config: 'seed' in config ? {...config, seed: null} : config};
  }
  throw new Error(`${key} '${className}' doesn't exist in TensorFlow.js`);
}

function activationToTfjs(key: string, value: Json, keras: number): string {
  const name = isObject(value) && typeof value.config === 'string' ? value.config : value;
  if (typeof name !== 'string') throw new Error(`${key} ${shorten(value)} is code, which is never run`);
  if (name === 'hard_sigmoid') {
    if (keras < 3) return name;
    throw new Error(`${key} 'hard_sigmoid' is x/6 + 0.5 in Keras ${keras} and 0.2x + 0.5 in TensorFlow.js`);
  }
  for (const [tfjs, other] of ACTIVATIONS) if (name === other || name === tfjs) return tfjs;
  throw new Error(`${key} '${name}' doesn't exist in TensorFlow.js`);
}

function classOf(value: Json, key: string): {className: string; config: JsonObject} {
  const {class_name, config} = asObject(value, key);
  return {className: asString(class_name, `${key}'s class_name`), config: asObject(config ?? {}, `${key}'s config`)};
}
