// A layer whose kernel is divided by its spectral norm, the most by which it lengthens what comes in, before each step of
// training. Sources: keras.src.layers.normalization.spectral_normalization; Miyato et al., 2018, arxiv.org/abs/1802.05957.
import {variableOf} from '../tfjs/layers';
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

type Shapes = tf.Shape | tf.Shape[];
type Kwargs = Record<string, unknown>;

/** What Keras normalizes of a layer, by TensorFlow.js's names. */
const NORMALIZED = new Set(['kernel', 'depthwise', 'depthwise_kernel', 'embeddings']);

// Keras's, against a vector of nothing but zeros.
const EPSILON = 1e-7;

const unit = (vector: tf.Tensor2D): tf.Tensor2D =>
  vector.mul(
    vector
      .square()
      .sum()
      .rsqrt()
      .minimum(1 / EPSILON),
  );

/** Keras's wrapper. */
class SpectralNormalization extends OwnLayer {
  static readonly className = 'SpectralNormalization';
  readonly layer = this.layerInside('layer');
  private kernel?: tf.LayerVariable;
  /** What the power iteration has found so far of the kernel's first singular vector. */
  private vector?: tf.LayerVariable;

  /** For tfjs/kerasMasks: masks go the way of the layer inside, since the wrapper only looks after its kernel. */
  get masksAs(): tf.layers.Layer {
    return this.layer;
  }

  override build(inputShape: Shapes): void {
    if (!this.layer.built) this.layer.build(inputShape);
    this.layer.built = true;
    const kernel = this.layer.weights.find(({originalName}) => NORMALIZED.has(originalName.split('/').at(-1)!));
    if (!kernel) {
      throw new Error(
        `layer '${this.name}': expected a layer with a kernel or with embeddings inside, got ` +
          `'${this.layer.name}' (${this.layer.getClassName()}), which has none`,
      );
    }
    // Keras saves it with the wrapper's own weights, too.
    this._trainableWeights.push(kernel);
    this.kernel = kernel;
    this.vector = this.weight('vector_u', [1, kernel.shape.at(-1)!], 'TruncatedNormal', false);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shapes): Shapes {
    return this.layer.computeOutputShape(inputShape);
  }

  protected compute([x]: tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    if (kwargs.training === true) this.normalize();
    return (this.layer.call(x!, kwargs) as tf.Tensor).cast(x!.dtype);
  }

  private normalize(): void {
    const [kernel, vector] = [variableOf(this.kernel!), variableOf(this.vector!)];
    const rows = kernel.reshape<tf.Tensor2D>([-1, vector.shape[1]!]);
    let right = vector.reshape<tf.Tensor2D>([1, -1]);
    let left = right;
    for (let i = 0; i < ((this.given.powerIterations as number | undefined) ?? 1); i++) {
      left = unit(tf.matMul(right, rows, false, true));
      right = unit(tf.matMul(left, rows));
    }
    const norm = tf.matMul(tf.matMul(left, rows), right, false, true);
    const isZero = kernel.equal(0).all();
    kernel.assign(tf.where(isZero, kernel, kernel.div(norm.reshape([]))));
    vector.assign(tf.where<tf.Tensor>(isZero, vector, right));
  }

  override get trainable(): boolean {
    return super.trainable;
  }

  override set trainable(value: boolean) {
    super.trainable = value;
    this.layer.trainable = value;
  }

  /** Keras asks the layer inside alone: a wrapper that was made with trainable=False still trains what it wraps. */
  override get trainableWeights(): tf.LayerVariable[] {
    return this.layer.trainableWeights;
  }

  override get nonTrainableWeights(): tf.LayerVariable[] {
    const inside = this.layer.nonTrainableWeights;
    return this.vector ? [...inside, this.vector] : inside;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {layer} = this;
    return {...super.getConfig(), layer: {className: layer.getClassName(), config: layer.getConfig()}};
  }
}

register(SpectralNormalization);
