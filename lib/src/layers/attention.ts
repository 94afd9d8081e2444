// Attention by several heads over sequences: [examples, time, features].
import {register} from '../tfjs/ownLayer';
import type {tf} from '../tfjs/tensorflow';
import {HeadedAttention} from './heads';

type Shapes = tf.Shape | tf.Shape[];
type Kwargs = Record<string, unknown>;

/** From the features of each time to the heads' numbers. */
const toHeads = (heads: number, size: number) => ({
  equation: 'abc,cde->abde',
  outputShape: [null, heads, size],
  biasAxes: 'de',
});
/** From the heads' numbers back to features. */
const fromHeads = (features: number) => ({
  equation: 'abcd,cde->abe',
  outputShape: [null, features],
  biasAxes: 'e',
});

/** Each head has keys and values of its own. */
class MultiHeadAttention extends HeadedAttention {
  static readonly className = 'MultiHeadAttention';

  override build(inputShape: Shapes): void {
    const [query, value, key] = this.sequences(inputShape);
    const heads = this.number('numHeads');
    const keySize = this.number('keyDim');
    const valueSize = (this.given.valueDim as number | null | undefined) ?? keySize;
    this.make('query_dense', 'query', query, toHeads(heads, keySize));
    this.make('key_dense', 'key', key, toHeads(heads, keySize));
    this.make('value_dense', 'value', value, toHeads(heads, valueSize));
    this.make(
      'output_dense',
      'attention_output',
      [query[0]!, query[1]!, heads, valueSize],
      fromHeads(this.outputSize(query)),
    );
    this.built = true;
  }

  private outputSize(query: tf.Shape): number {
    return ([this.given.outputShape].flat()[0] as number | null | undefined) ?? query[2]!;
  }

  override computeOutputShape(inputShape: Shapes): tf.Shape {
    const [query] = this.sequences(inputShape);
    return [query[0]!, query[1]!, this.outputSize(query)];
  }

  protected compute(inputs: tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    const [query, value = query!, key = value] = inputs;
    const found = this.found(
      this.through('query_dense', query!),
      this.through('key_dense', key),
      this.through('value_dense', value),
      kwargs,
    );
    return this.through('output_dense', found);
  }
}

/**
 * Several heads share keys and values. With a window, a query looks at what is near it alone; with a gate, it says how much of
 * what its heads find goes on.
 */
class GroupedQueryAttention extends HeadedAttention {
  static readonly className = 'GroupedQueryAttention';

  override build(inputShape: Shapes): void {
    const [query, value, key] = this.sequences(inputShape);
    const heads = this.number('numQueryHeads');
    const shared = this.number('numKeyValueHeads');
    const size = this.number('headDim');
    this.make('_query_dense', 'query', query, toHeads(heads, size));
    this.make('_key_dense', 'key', key, toHeads(shared, size));
    if (this.given.useGate === true) {
      this.make('_gate_dense', 'gate', query, {...toHeads(heads, size), activation: 'sigmoid'});
    }
    this.make('_value_dense', 'value', value, toHeads(shared, size));
    this.make('_output_dense', 'attention_output', [query[0]!, query[1]!, heads, size], fromHeads(query[2]!));
    this.built = true;
  }

  override computeOutputShape(inputShape: Shapes): tf.Shape {
    return this.sequences(inputShape)[0];
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
