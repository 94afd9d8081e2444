// What attention by several heads has in common: over sequences, [examples, time, features], or over places of any axes.
import {OwnLayer, type OwnArguments} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {EinsumDense} from './einsumDense';

/** What Keras adds to a score that is masked. */
const MASKED = -1e9;

/** Called with the query, the value, and the key unless that is the value. */
export abstract class HeadedAttention extends OwnLayer {
  /** The axes of the places that look at each other; those of the others are like further examples. */
  protected axes: readonly number[] = [1];
  /** The layers inside, by Keras's attributes. */
  private parts: Record<string, EinsumDense> = {};

  constructor(args: OwnArguments) {
    super(args);
    this.supportsMasking = true;
  }

  get sublayers(): Readonly<Record<string, tf.layers.Layer>> {
    return this.parts;
  }

  /** The shapes of the query, the value and the key. */
  protected shapes(inputShape: tf.Shape | tf.Shape[]): [query: tf.Shape, value: tf.Shape, key: tf.Shape] {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as tf.Shape[];
    const [query, value = query, key = value] = this.spread(shapes) as [tf.Shape, tf.Shape?, tf.Shape?];
    return [query, value, key];
  }

  /** An error that says what the layer expected of the shapes that it is called with. */
  protected misshapen(expected: string, inputShape: tf.Shape | tf.Shape[]): Error {
    return new Error(
      `layer '${this.name}': expected ${expected}, got shapes ${JSON.stringify(this.shapes(inputShape))}`,
    );
  }

  protected number(name: string): number {
    return this.given[name] as number;
  }

  /**
   * Makes a layer inside.
   *
   * @param attribute how Keras calls it in its files
   * @param name what it is called as a layer
   * @param more how it computes
   */
  protected make(attribute: string, name: string, inputShape: tf.Shape, more: OwnArguments): void {
    const common = ['Initializer', 'Regularizer', 'Constraint'].flatMap((kind) =>
      [`kernel${kind}`, `bias${kind}`].map((key) => [key, this.given[key]] as const),
    );
    const {biasAxes, ...others} = more;
    const part = new EinsumDense({
      ...Object.fromEntries(common),
      ...others,
      ...(this.given.useBias !== false && {biasAxes}),
      name: `${this.name}/${name}`,
      trainable: this.trainable,
    });
    part.build(inputShape);
    this.parts[attribute] = part;
  }

  protected through(attribute: string, x: tf.Tensor): tf.Tensor {
    return this.parts[attribute]!.call(x, {}) as tf.Tensor;
  }

  override computeMask(_inputs: tf.Tensor | tf.Tensor[], mask?: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return (Array.isArray(mask) ? mask[0] : mask)!;
  }

  /**
   * What each head finds: of the values, those whose keys fit the query. Where keys and values have fewer heads, as many
   * neighbours among the query's share each.
   *
   * @param query [examples, ...places, heads, features], as are the key and the value, of their own places along `axes`
   * @returns [examples, ...places of the query, heads, features of the value]
   */
  protected found(query: tf.Tensor, key: tf.Tensor, value: tf.Tensor, kwargs: Record<string, unknown>): tf.Tensor {
    const [rows, columns] = [this.volume(query), this.volume(key)];
    const [heads, size] = query.shape.slice(-2) as [number, number];
    const shared = key.shape.at(-2)!;
    const together = (x: tf.Tensor) => x.reshape([-1, shared, (heads / shared) * rows, x.shape.at(-1)!]);
    const apart = (x: tf.Tensor) => x.reshape([-1, heads, rows, x.shape.at(-1)!]);
    const scaled = this.byHead(query).mul(1 / Math.sqrt(size));
    let scores = apart(tf.matMul(together(scaled), this.byHead(key), false, true));
    const mask = this.seen([rows, columns], kwargs);
    if (mask) scores = scores.add(tf.sub(1, mask.cast('float32')).mul(MASKED));
    let weights: tf.Tensor = tf.softmax(scores);
    const rate = (this.given.dropout as number | undefined) ?? 0;
    // Keras has two ways, which differ where a query may look at nothing.
    if (mask && rate > 0) weights = weights.mul(mask.cast('float32'));
    if (kwargs.training === true && rate > 0) weights = tf.dropout(weights, rate);
    const found = apart(tf.matMul(together(weights), this.byHead(value)));
    const order = this.order(query);
    const sizes = order.map((axis) => (axis === query.rank - 1 ? value.shape.at(-1)! : query.shape[axis]!));
    return found.reshape(sizes).transpose(order.map((_, axis) => order.indexOf(axis)));
  }

  /** The axes of [examples, ...places, heads, features] as [examples, ...other places, heads, ...attending places, features]. */
  private order({rank}: tf.Tensor): number[] {
    const others = Array.from({length: rank - 2}, (_, axis) => axis).filter((axis) => !this.axes.includes(axis));
    return [...others, rank - 2, ...this.axes, rank - 1];
  }

  /** How many places look at each other. */
  private volume({shape}: tf.Tensor): number {
    return this.axes.reduce((product, axis) => product * shape[axis]!, 1);
  }

  /** As [examples and other places, heads, attending places, features]. */
  private byHead(x: tf.Tensor): tf.Tensor {
    const [heads, features] = x.shape.slice(-2) as [number, number];
    return x.transpose(this.order(x)).reshape([-1, heads, this.volume(x), features]);
  }

  /** What each query may look at: [examples, 1, queries, keys], or with ones for what is alike; undefined for all. */
  private seen([rows, columns]: [number, number], kwargs: Record<string, unknown>): tf.Tensor | undefined {
    const [queries, values, keys] = this.spread([kwargs.mask].flat() as (tf.Tensor | null | undefined)[]);
    const masks: tf.Tensor[] = [];
    for (const each of [queries, values, keys]) {
      if (each && each.rank !== 2) {
        throw new Error(
          `layer '${this.name}': a mask of ${each.rank} axes reaches it, and Keras's are for sequences: ` +
            'in Python, call it without Masking before it',
        );
      }
    }
    if (queries) masks.push(queries.cast('bool').expandDims(1).expandDims(3));
    for (const each of [values, keys]) if (each) masks.push(each.cast('bool').expandDims(1).expandDims(1));
    /** By how much a query stands behind a key. */
    const behind = () => tf.range(0, rows).reshape([1, 1, rows, 1]).sub(tf.range(0, columns));
    if (this.given.useCausalMask === true) masks.push(behind().greaterEqual(0));
    const window = (this.given.slidingWindow as number | null | undefined) ?? null;
    if (window !== null) masks.push(behind().abs().less(window));
    return masks.length === 0 ? undefined : masks.reduce((a, b) => tf.logicalAnd(a, b));
  }

  override get trainableWeights(): tf.LayerVariable[] {
    return this.trainable ? Object.values(this.parts).flatMap((part) => part.trainableWeights) : [];
  }

  override get nonTrainableWeights(): tf.LayerVariable[] {
    return this.trainable ? [] : Object.values(this.parts).flatMap((part) => part.weights);
  }
}
