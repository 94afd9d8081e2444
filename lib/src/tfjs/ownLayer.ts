// What layers of our own need of tfjs's insides: a base class that keeps its arguments for the file, the registry by whose
// names tfjs reads models, and the objects that configurations name.
import {omitKeys} from './omitKeys';
import {readsItsPropertiesOnly} from './settings';
import {tf} from './tensorflow';

/** A layer's arguments as tfjs reads them from JSON: camelCase, initializers and so on as {className, config}. */
export type OwnArguments = ConstructorParameters<typeof tf.layers.Layer>[0] & Record<string, unknown>;

/** What of the arguments tfjs's own base class keeps. */
const OF_BASE = ['name', 'trainable', 'dtype', 'inputDType', 'batchInputShape', 'inputShape', 'batchSize', 'weights'];

type Kwargs = Record<string, unknown>;
type Call = tf.layers.Layer['call'];
type Weights = 'initializer' | 'regularizer' | 'constraint';

/** A layer that computes with tfjs's operations, and is saved with the arguments that it was made with. */
export abstract class OwnLayer extends tf.layers.Layer {
  /** The arguments of this class alone. */
  protected readonly given: Readonly<Record<string, unknown>>;

  constructor(args: OwnArguments = {}) {
    super(args);
    this.given = omitKeys(args, OF_BASE);
  }

  /** The output of these inputs, or its outputs; what is made on the way is disposed. */
  protected abstract compute(inputs: tf.Tensor[], kwargs: Kwargs): tf.Tensor | tf.Tensor[];

  override call(...[inputs, kwargs]: Parameters<Call>): ReturnType<Call> {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      return this.compute(this.spread(Array.isArray(inputs) ? inputs : [inputs]), kwargs);
    });
  }

  /**
   * One for each argument of the call in Keras. A tensor that is passed twice comes once, as tfjs would dispose it too
   * early otherwise; `uses` says which of the inputs each argument is: [0, 0, 1].
   */
  protected spread<Input>(inputs: readonly Input[]): Input[] {
    const {uses} = this.given as {uses?: readonly number[]};
    return uses ? uses.map((index) => inputs[index]!) : [...inputs];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {...super.getConfig(), ...(this.given as tf.serialization.ConfigDict)};
  }

  /** The layer that an argument describes. */
  protected layerInside(argument: string): tf.layers.Layer {
    return named(this.given[argument]) as tf.layers.Layer;
  }

  /** A weight with the initializer, the regularizer and the constraint that the arguments name for it. */
  protected weight(name: string, shape: readonly number[], initializer: string, trainable = true): tf.LayerVariable {
    const argument = (kind: Weights) => this.given[camelCase(`${name}_${kind}`)];
    return this.addWeight(
      name,
      [...shape],
      'float32',
      named(argument('initializer') ?? {className: initializer, config: {}}) as never,
      named(argument('regularizer')) as never,
      trainable,
      named(argument('constraint')) as never,
    );
  }
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The object of tfjs's that a configuration describes: undefined where there is none. */
export function named(json: unknown): unknown {
  if (json === undefined || json === null) return undefined;
  const {className, config} = json as {className: string; config: tf.serialization.ConfigDict};
  const found = registry()[className];
  if (found === undefined) throw new Error(`TensorFlow.js has no '${className}'`);
  const [constructor, fromConfig] = found;
  return fromConfig(constructor, config);
}

/** One of tfjs's activations, or of ours. */
export interface Activation {
  apply(x: tf.Tensor): tf.Tensor;
}

/** The activation of this name. */
export function activationOf(name: unknown): Activation {
  const layer = tf.layers.activation({activation: (name ?? 'linear') as 'linear'});
  return (layer as unknown as {activation: Activation}).activation;
}

function registry() {
  return tf.serialization.SerializationMap.getMap().classNameMap;
}

/** A class with the name that files have for it. */
export type Named = (abstract new (...args: never[]) => tf.serialization.Serializable) & {className: string};

/** Makes tfjs build these classes where a file names them: instead of its own of the same name, where it has one. */
export function register(...classes: readonly Named[]): void {
  for (const each of classes) {
    tf.serialization.SerializationMap.register(each as never);
    readsItsPropertiesOnly(each);
  }
}

/** The class of a layer of tfjs's, which its types keep private. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what of it is used.
export function classOf<Instance extends tf.layers.Layer = tf.layers.Layer>(
  layer: tf.layers.Layer,
): new (args: OwnArguments) => Instance {
  return layer.constructor as never;
}
