// Normalizations of Keras's that TensorFlow.js lacks, or has with less.
import {classOf, named, OwnLayer, register, type OwnArguments} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

abstract class Scaled extends OwnLayer {
  protected gamma?: tf.LayerVariable;
  protected beta?: tf.LayerVariable;

  protected get axis(): number {
    return ([this.given.axis].flat()[0] as number | undefined) ?? -1;
  }

  override build(inputShape: tf.Shape): void {
    const size = inputShape.at(this.axis)!;
    if (this.given.scale !== false) this.gamma = this.weight('gamma', [size], 'Ones');
    if (this.given.center !== false) this.beta = this.weight('beta', [size], 'Zeros');
    this.built = true;
  }

  /** x times gamma, plus beta, along the axis. */
  protected scaled(x: tf.Tensor): tf.Tensor {
    const at = this.axis < 0 ? this.axis + x.rank : this.axis;
    const spread = (weight: tf.LayerVariable) => weight.read().reshape(x.shape.map((size, i) => (i === at ? size : 1)));
    const multiplied = this.gamma ? x.mul(spread(this.gamma)) : x;
    return this.beta ? multiplied.add(spread(this.beta)) : multiplied;
  }
}

interface Centred extends tf.layers.Layer {
  beta?: tf.LayerVariable;
  gamma?: tf.LayerVariable;
}

/**
 * Keeps its weights within constraints, which TensorFlow.js's has none of. Is saved with the axes that it was read with: Keras
 * sorts them before it counts from the end, and weights follow.
 */
class LayerNormalization extends classOf<Centred>(tf.layers.layerNormalization()) {
  static readonly className = 'LayerNormalization';
  private readonly asked: {axis: unknown; betaConstraint: unknown; gammaConstraint: unknown};

  constructor(args: OwnArguments) {
    const {axis = -1, betaConstraint = null, gammaConstraint = null} = args;
    // TensorFlow.js changes the list that it is given.
    super({...args, axis: [axis].flat()});
    this.asked = {axis, betaConstraint, gammaConstraint};
  }

  override build(inputShape: tf.Shape): void {
    super.build(inputShape);
    const {betaConstraint, gammaConstraint} = this.asked;
    if (this.beta) Object.assign(this.beta, {constraint: named(betaConstraint) ?? null});
    if (this.gamma) Object.assign(this.gamma, {constraint: named(gammaConstraint) ?? null});
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {...super.getConfig(), ...(this.asked as tf.serialization.ConfigDict)};
  }
}

/** Each example's channels, in groups, brought to mean 0 and variance 1. */
class GroupNormalization extends Scaled {
  static readonly className = 'GroupNormalization';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const {shape, rank} = x!;
    const at = this.axis < 0 ? this.axis + rank : this.axis;
    const channels = shape[at]!;
    const asked = (this.given.groups as number | undefined) ?? 32;
    const groups = asked === -1 ? channels : asked;
    const grouped = x!.reshape([...shape.slice(0, at), groups, channels / groups, ...shape.slice(at + 1)]);
    const axes = Array.from({length: rank + 1}, (_, i) => i).filter((i) => i !== 0 && i !== at);
    const {mean, variance} = tf.moments(grouped, axes, true);
    const normal = grouped.sub(mean).div(variance.add((this.given.epsilon as number | undefined) ?? 1e-3).sqrt());
    return this.scaled(normal.reshape(shape));
  }
}

/** Divided by the root of the mean square. */
class RMSNormalization extends Scaled {
  static readonly className = 'RMSNormalization';

  override build(inputShape: tf.Shape): void {
    this.gamma = this.weight('scale', [inputShape.at(this.axis)!], 'Ones');
    this.built = true;
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const square = x!.square().mean(this.axis, true);
    return this.scaled(x!.div(square.add((this.given.epsilon as number | undefined) ?? 1e-6).sqrt()));
  }
}

/** Divided by the length of the vector along the axis. */
class UnitNormalization extends OwnLayer {
  static readonly className = 'UnitNormalization';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const axes = [this.given.axis ?? -1].flat() as number[];
    return x!.div(x!.square().sum(axes, true).maximum(1e-12).sqrt());
  }
}

register(LayerNormalization, GroupNormalization, RMSNormalization, UnitNormalization);
