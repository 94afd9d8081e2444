// Two of tfjs's layers take one argument of their weights for another: SeparableConv2D begins its pointwise kernel as it begins
// the depthwise one, and DepthwiseConv2D is saved with its kernel's regularizer in place of the constraint. Importing this file
// gives each argument its own place.
import {classOf, register, type OwnArguments} from './ownLayer';
import {tf} from './tensorflow';

// As in tfjs-layers 4.22, which keeps its classes private.
interface Separable extends tf.layers.Layer {
  pointwiseInitializer: unknown;
}
interface Depthwise {
  getConfig: () => tf.serialization.ConfigDict;
  depthwiseConstraint: tf.serialization.Serializable | null;
}

const Usual = classOf<Separable>(tf.layers.separableConv2d({filters: 1, kernelSize: 1}));

class SeparableConv2D extends Usual {
  static readonly className = 'SeparableConv2D';

  constructor(args: OwnArguments) {
    super(args);
    const swapped = new Usual({...args, name: this.name, depthwiseInitializer: args.pointwiseInitializer});
    this.pointwiseInitializer = swapped.pointwiseInitializer;
  }
}

register(SeparableConv2D);
const makers = tf.layers as unknown as Record<string, (args: OwnArguments) => tf.layers.Layer>;
makers.separableConv2d = (args) => new SeparableConv2D(args);

const {prototype} = tf.layers.depthwiseConv2d({kernelSize: 1}).constructor as unknown as {prototype: Depthwise};
const usual = prototype.getConfig;
prototype.getConfig = function (this: Depthwise) {
  const {depthwiseConstraint} = this;
  const described = depthwiseConstraint && {
    className: depthwiseConstraint.getClassName(),
    config: depthwiseConstraint.getConfig(),
  };
  return {...usual.call(this), depthwiseConstraint: described};
};
