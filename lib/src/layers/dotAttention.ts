// Keras's attention without heads: Attention and AdditiveAttention, over sequences [examples, time, features]. Called with a
// list of the query, the value, and the key unless that is the value.
import {OwnLayer, register, type OwnArguments} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

/** What Keras takes from a score that is masked. */
const MASKED = 1e9;

type Kwargs = Record<string, unknown>;

/** By the product of query and key, or by the tangent of their sum. */
class Attention extends OwnLayer {
  static readonly className: string = 'Attention';
  /** Whether it is scaled by default, and each feature by a weight of its own. */
  protected readonly isPerFeature: boolean = false;
  protected scale?: tf.LayerVariable;
  private concatWeight?: tf.LayerVariable;

  constructor(args: OwnArguments) {
    super(args);
    this.supportsMasking = true;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shapes = this.spread((Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as tf.Shape[]);
    if (shapes.length < 2 || shapes.length > 3) {
      throw new Error(`${this.name}: expected a query, a value and perhaps a key, got ${shapes.length} inputs`);
    }
    const {useScale = this.isPerFeature} = this.given;
    const features = shapes[0]!.at(-1)!;
    if (useScale === true) {
      this.scale = this.isPerFeature
        ? this.weight('scale', [features], 'GlorotUniform')
        : this.weight('scale', [], 'Ones');
    }
    if (this.given.scoreMode === 'concat') this.concatWeight = this.weight('concat_score_weight', [], 'Ones');
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [query, value] = this.spread(inputShape as tf.Shape[]);
    return [...query!.slice(0, -1), value!.at(-1)!];
  }

  override computeMask(_inputs: tf.Tensor | tf.Tensor[], mask?: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return [mask].flat()[0]!;
  }

  /** How well each query fits each key: [examples, queries, keys]. */
  protected scores(query: tf.Tensor, key: tf.Tensor): tf.Tensor {
    const scaled = (x: tf.Tensor) => (this.scale ? x.mul(this.scale.read()) : x);
    if (!this.concatWeight) return scaled(tf.matMul(query, key, false, true));
    return tf.sum(tf.tanh(scaled(sums(query, key))), -1).mul(this.concatWeight.read());
  }

  protected compute(inputs: tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    const [query, value, key = value] = inputs;
    const [ofQueries, ofValues] = this.spread([kwargs.mask].flat() as (tf.Tensor | null | undefined)[]);
    const scores = this.scores(query!, key!);
    const seen = this.seen(scores.shape, ofValues);
    let weights: tf.Tensor = tf.softmax(seen ? scores.sub(tf.sub(1, seen.cast('float32')).mul(MASKED)) : scores);
    const rate = (this.given.dropout as number | undefined) ?? 0;
    if (kwargs.training === true && rate > 0) weights = tf.dropout(weights, rate);
    const attended = tf.matMul(weights, value!);
    return ofQueries ? tf.where(ofQueries.expandDims(-1), attended, 0) : attended;
  }

  /** What each query may look at, alike over what has length 1. */
  private seen([, queries, keys]: number[], ofValues: tf.Tensor | null | undefined): tf.Tensor | undefined {
    const padding = ofValues?.cast('bool').expandDims(1);
    if (this.given.useCausalMask !== true) return padding;
    const causal = tf.range(0, queries!).expandDims(1).greaterEqual(tf.range(0, keys!).expandDims(0)).expandDims(0);
    return padding ? tf.logicalAnd(padding, causal) : causal;
  }
}

/** By a weighted sum over the features of the tangent of query and key together. */
class AdditiveAttention extends Attention {
  static override readonly className = 'AdditiveAttention';

  protected override readonly isPerFeature = true;

  protected override scores(query: tf.Tensor, key: tf.Tensor): tf.Tensor {
    const fits = tf.tanh(sums(query, key));
    return tf.sum(this.scale ? fits.mul(this.scale.read()) : fits, -1);
  }
}

/** Each query and each key added: [examples, queries, keys, features]. */
function sums(query: tf.Tensor, key: tf.Tensor): tf.Tensor {
  return query.expandDims(2).add(key.expandDims(1));
}

register(Attention, AdditiveAttention);
