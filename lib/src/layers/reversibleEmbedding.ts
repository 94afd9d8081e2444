// An embedding that also leads back: from vectors to how well each number fits, by the same weights or by others of its own.
// Source: keras.src.layers.core.reversible_embedding.
import {classOf, register, type OwnArguments} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

type Shapes = tf.Shape | tf.Shape[];
type Kwargs = Record<string, unknown>;

// As in tfjs-layers 4.22, which keeps its classes private.
interface Embedding extends tf.layers.Layer {
  inputDim: number;
  outputDim: number;
  embeddings: tf.LayerVariable;
  embeddingsInitializer: Parameters<tf.layers.Layer['addWeight']>[3];
}

/**
 * Which way a call goes, Keras says with the call. Here the number of axes that come in tells, `reverseRank` where it leads
 * back: TensorFlow.js has no place for more in the call of a layer.
 */
class ReversibleEmbedding extends classOf<Embedding>(tf.layers.embedding({inputDim: 1, outputDim: 1})) {
  static readonly className = 'ReversibleEmbedding';
  readonly tieWeights: boolean;
  readonly logitSoftCap: number | null;
  readonly reverseRank: number | null;
  private reverse?: tf.LayerVariable;

  constructor(args: OwnArguments) {
    super(args);
    this.tieWeights = args.tieWeights !== false;
    this.logitSoftCap = (args.logitSoftCap as number | null | undefined) ?? null;
    this.reverseRank = (args.reverseRank as number | null | undefined) ?? null;
  }

  override build(inputShape: Shapes): void {
    super.build(inputShape);
    if (this.tieWeights) return;
    const shape = [this.outputDim, this.inputDim];
    this.reverse = this.addWeight('reverse_embeddings', shape, 'float32', this.embeddingsInitializer);
  }

  override computeOutputShape(inputShape: tf.Shape): Shapes {
    if (inputShape.length !== this.reverseRank) return super.computeOutputShape(inputShape);
    return [...inputShape.slice(0, -1), this.inputDim];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor | tf.Tensor[] {
    const x = [inputs].flat()[0]!;
    if (x.rank !== this.reverseRank) return super.call(inputs, kwargs);
    return tf.tidy(() => {
      const rows = x.reshape<tf.Tensor2D>([-1, this.outputDim]);
      const kernel = (this.reverse ?? this.embeddings).read() as tf.Tensor2D;
      const fits = tf.matMul(rows, kernel, false, this.tieWeights).reshape([...x.shape.slice(0, -1), this.inputDim]);
      const cap = this.logitSoftCap;
      return cap === null ? fits : fits.div(cap).tanh().mul(cap);
    });
  }

  override computeMask(inputs: tf.Tensor, mask?: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    // The declarations don't say that there may be none.
    return inputs.rank === this.reverseRank ? (null as never) : super.computeMask(inputs, mask);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {tieWeights, logitSoftCap, reverseRank} = this;
    return {...super.getConfig(), tieWeights, logitSoftCap, reverseRank};
  }
}

register(ReversibleEmbedding);
