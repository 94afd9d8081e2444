// Attention by several heads over sequences, [examples, time, features], or over pictures and volumes.
import {register} from '../tfjs/ownLayer';
import type {tf} from '../tfjs/tensorflow';
import {HeadedAttention} from './heads';

type Shapes = tf.Shape | tf.Shape[];
type Kwargs = Record<string, unknown>;

/** Names for the axes of places, which an equation only hands on. */
const places = (rank: number) => 'abcdefghijkl'.slice(0, rank - 1);

/** From the features of each place to the heads' numbers. */
const toHeads = ({length}: tf.Shape, heads: number, size: number) => ({
  equation: `${places(length)}x,xyz->${places(length)}yz`,
  outputShape: [heads, size],
  biasAxes: 'yz',
});
/** From the heads' numbers back to features, of one axis or of several. */
const fromHeads = ({length}: tf.Shape, features: number[]) => {
  const made = 'mnopqrst'.slice(0, features.length);
  return {
    equation: `${places(length)}yz,yz${made}->${places(length)}${made}`,
    outputShape: features,
    biasAxes: made,
  };
};

/** Each head has keys and values of its own. With a gate, a query says how much of what its heads find goes on. */
class MultiHeadAttention extends HeadedAttention {
  static readonly className = 'MultiHeadAttention';

  override build(inputShape: Shapes): void {
    const [query, value, key] = this.shapes(inputShape);
    this.axes = this.attending(inputShape);
    const heads = this.number('numHeads');
    const keySize = this.number('keyDim');
    const valueSize = (this.given.valueDim as number | null | undefined) ?? keySize;
    this.make('query_dense', 'query', query, toHeads(query, heads, keySize));
    this.make('key_dense', 'key', key, toHeads(key, heads, keySize));
    if (this.given.useGate === true) {
      this.make('_gate_dense', 'gate', query, {...toHeads(query, heads, valueSize), activation: 'sigmoid'});
    }
    this.make('value_dense', 'value', value, toHeads(value, heads, valueSize));
    const found = [...query.slice(0, -1), heads, valueSize];
    this.make('output_dense', 'attention_output', found, fromHeads(query, this.features(query)));
    this.built = true;
  }

  /** The axes that attention goes over: all between the examples and the features, unless the layer says otherwise. */
  private attending(inputShape: Shapes): number[] {
    const shapes = this.shapes(inputShape);
    const [{length: rank}] = shapes;
    const all = Array.from({length: rank - 2}, (_, i) => i + 1);
    const asked = [this.given.attentionAxes ?? all].flat() as number[];
    const axes = asked.map((axis) => (axis < 0 ? axis + rank : axis));
    if (shapes.some(({length}) => length !== rank)) {
      throw this.misshapen('query, value and key of as many axes, [examples, ...places, features]', inputShape);
    }
    if (axes.length === 0 || !axes.every((axis) => all.includes(axis))) {
      throw new Error(
        `layer '${this.name}': expected attention_axes between the examples and the features, of ${JSON.stringify(all)}, ` +
          `got ${JSON.stringify(asked)}`,
      );
    }
    const isOrdered = this.given.useCausalMask === true || (this.given.slidingWindow ?? null) !== null;
    if (isOrdered && String(axes) !== '1') {
      throw new Error(
        `layer '${this.name}': use_causal_mask and sliding_window go along axis 1 alone, got attention_axes ` +
          JSON.stringify(asked),
      );
    }
    return axes;
  }

  private features(query: tf.Shape): number[] {
    const asked = [this.given.outputShape ?? []].flat() as number[];
    return asked.length > 0 ? asked : [query.at(-1)!];
  }

  override computeOutputShape(inputShape: Shapes): tf.Shape {
    const [query] = this.shapes(inputShape);
    return [...query.slice(0, -1), ...this.features(query)];
  }

  protected compute(inputs: tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    const [query, value = query!, key = value] = inputs;
    const found = this.found(
      this.through('query_dense', query!),
      this.through('key_dense', key),
      this.through('value_dense', value),
      kwargs,
    );
    const passed = this.given.useGate === true ? found.mul(this.through('_gate_dense', query!)) : found;
    return this.through('output_dense', passed);
  }
}

/**
 * Several heads share keys and values. With a window, a query looks at what is near it alone; with a gate, it says how much of
 * what its heads find goes on.
 */
class GroupedQueryAttention extends HeadedAttention {
  static readonly className = 'GroupedQueryAttention';

  override build(inputShape: Shapes): void {
    const [query, value, key] = this.shapes(inputShape);
    if ([query, value, key].some(({length}) => length !== 3)) {
      throw this.misshapen('sequences, [examples, time, features]', inputShape);
    }
    const heads = this.number('numQueryHeads');
    const shared = this.number('numKeyValueHeads');
    const size = this.number('headDim');
    this.make('_query_dense', 'query', query, toHeads(query, heads, size));
    this.make('_key_dense', 'key', key, toHeads(key, shared, size));
    if (this.given.useGate === true) {
      this.make('_gate_dense', 'gate', query, {...toHeads(query, heads, size), activation: 'sigmoid'});
    }
    this.make('_value_dense', 'value', value, toHeads(value, shared, size));
    this.make('_output_dense', 'attention_output', [query[0]!, query[1]!, heads, size], fromHeads(query, [query[2]!]));
    this.built = true;
  }

  override computeOutputShape(inputShape: Shapes): tf.Shape {
    return this.shapes(inputShape)[0];
  }

  protected compute(inputs: tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    const [query, value = query!, key = value] = inputs;
    const found = this.found(
      this.through('_query_dense', query!),
      this.through('_key_dense', key),
      this.through('_value_dense', value),
      kwargs,
    );
    const passed = this.given.useGate === true ? found.mul(this.through('_gate_dense', query!)) : found;
    return this.through('_output_dense', passed);
  }
}

register(MultiHeadAttention, GroupedQueryAttention);
