// Attention by several heads over sequences: [examples, time, features].
import {OwnLayer, register, type OwnArguments} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {EinsumDense} from './einsumDense';

/** How Keras calls the parts in its files, and what they are called as layers. */
const PARTS = {query_dense: 'query', key_dense: 'key', value_dense: 'value', output_dense: 'attention_output'} as const;

/** What Keras adds to a score that is masked. */
const MASKED = -1e9;

/** Keras's MultiHeadAttention: called with the query, the value, and the key unless that is the value. */
class MultiHeadAttention extends OwnLayer {
  static readonly className = 'MultiHeadAttention';
  /** The layers inside, by Keras's attributes. */
  private parts: Record<string, EinsumDense> = {};

  constructor(args: OwnArguments) {
    super(args);
    this.supportsMasking = true;
  }

  get sublayers(): Readonly<Record<string, tf.layers.Layer>> {
    return this.parts;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as tf.Shape[];
    const [query, value = query, key = value] = this.spread(shapes) as [tf.Shape, tf.Shape?, tf.Shape?];
    if (shapes.some((shape) => shape.length !== 3)) {
      throw new Error(
        `${this.name}: expected sequences, [examples, time, features], got shapes ${JSON.stringify(shapes)}`,
      );
    }
    const heads = this.number('numHeads');
    const keySize = this.number('keyDim');
    const valueSize = (this.given.valueDim as number | null | undefined) ?? keySize;
    const outputSize = ([this.given.outputShape].flat()[0] as number | null | undefined) ?? query[2]!;
    const projection = (size: number) => this.part('abc,cde->abde', [null, heads, size], 'de');
    const make = (attribute: keyof typeof PARTS, shape: tf.Shape, config: OwnArguments) => {
      const part = new EinsumDense({...config, name: `${this.name}/${PARTS[attribute]}`, trainable: this.trainable});
      part.build(shape);
      this.parts[attribute] = part;
    };
    make('query_dense', query, projection(keySize));
    make('key_dense', key, projection(keySize));
    make('value_dense', value, projection(valueSize));
    make('output_dense', [query[0]!, query[1]!, heads, valueSize], this.part('abcd,cde->abe', [null, outputSize], 'e'));
    this.built = true;
  }

  private number(name: string): number {
    return this.given[name] as number;
  }

  private part(equation: string, outputShape: (number | null)[], biasAxes: string): OwnArguments {
    const common = ['Initializer', 'Regularizer', 'Constraint'].flatMap((kind) =>
      [`kernel${kind}`, `bias${kind}`].map((key) => [key, this.given[key]] as const),
    );
    return {...Object.fromEntries(common), equation, outputShape, ...(this.given.useBias !== false && {biasAxes})};
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const query = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
    const size = ([this.given.outputShape].flat()[0] as number | null | undefined) ?? query[2]!;
    return [query[0]!, query[1]!, size];
  }

  override computeMask(_inputs: tf.Tensor | tf.Tensor[], mask?: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return (Array.isArray(mask) ? mask[0] : mask)!;
  }

  protected compute(inputs: tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    const [query, value = query!, key = value] = inputs;
    const project = (attribute: keyof typeof PARTS, x: tf.Tensor) =>
      (this.parts[attribute]!.call(x, {}) as tf.Tensor).transpose([0, 2, 1, 3]);
    const scaled = project('query_dense', query!).mul(1 / Math.sqrt(this.number('keyDim')));
    let scores = tf.matMul(scaled, project('key_dense', key), false, true);
    const mask = this.mask(inputs, kwargs);
    if (mask) scores = scores.add(tf.sub(1, mask.cast('float32')).mul(MASKED));
    let weights: tf.Tensor = tf.softmax(scores);
    const rate = (this.given.dropout as number | undefined) ?? 0;
    // Keras has two ways, which differ where a query may look at nothing.
    if (mask && rate > 0) weights = weights.mul(mask.cast('float32'));
    if (kwargs.training === true && rate > 0) weights = tf.dropout(weights, rate);
    const heads = tf.matMul(weights, project('value_dense', value)).transpose([0, 2, 1, 3]);
    return this.parts.output_dense!.call(heads, {}) as tf.Tensor;
  }

  /** What each query may look at: [examples, 1, queries, keys], or with ones for what is alike. */
  private mask(inputs: tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor | undefined {
    const [queries, values, keys] = this.spread([kwargs.mask].flat() as (tf.Tensor | null | undefined)[]);
    const masks: tf.Tensor[] = [];
    if (queries) masks.push(queries.cast('bool').expandDims(1).expandDims(3));
    for (const each of [values, keys]) if (each) masks.push(each.cast('bool').expandDims(1).expandDims(1));
    if (this.given.useCausalMask === true) {
      const [rows, columns] = [inputs[0]!.shape[1]!, (inputs[1] ?? inputs[0]!).shape[1]!];
      masks.push(tf.range(0, rows).expandDims(1).greaterEqual(tf.range(0, columns).expandDims(0)).reshape([1, 1, rows, columns])); // prettier-ignore
    }
    return masks.length === 0 ? undefined : masks.reduce((a, b) => tf.logicalAnd(a, b));
  }

  override get trainableWeights(): tf.LayerVariable[] {
    return this.trainable ? Object.values(this.parts).flatMap((part) => part.trainableWeights) : [];
  }

  override get nonTrainableWeights(): tf.LayerVariable[] {
    return this.trainable ? [] : Object.values(this.parts).flatMap((part) => part.weights);
  }
}

register(MultiHeadAttention);
