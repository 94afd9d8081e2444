// tfjs takes a limit, a mean or a spread of 0 for one that isn't given: numbers between 0 and 1 were drawn from -0.05 on, and
// written so into files. And its variance scaling refuses normal numbers that aren't cut off. Importing this file makes its
// initializers do as Keras's do.
import {register} from './ownLayer';
import {tf} from './tensorflow';

type Arguments = Record<string, unknown>;
type Initializer = ReturnType<typeof tf.initializers.zeros>;
interface Class<Instance> {
  new (args: Arguments): Instance;
  readonly className: string;
}

const makers = tf.initializers as unknown as Record<string, (args: Arguments) => Initializer>;

function classBehind<Instance>(name: string): Class<Instance> {
  return makers[name]!({}).constructor as unknown as Class<Instance>;
}

function replace(name: string, ours: Class<Initializer>): void {
  register(ours);
  makers[name] = (args) => new ours(args);
}

for (const [name, numbers] of [
  ['randomUniform', ['minval', 'maxval']],
  ['randomNormal', ['mean', 'stddev']],
  ['truncatedNormal', ['mean', 'stddev']],
] as const) {
  const theirs = classBehind<Initializer>(name);
  const ours = class extends theirs {
    static override readonly className = theirs.className;

    constructor(args: Arguments) {
      super(args);
      for (const each of numbers) if (args[each] === 0) Object.assign(this, {[each]: 0});
    }
  };
  replace(name, ours);
}

const UNCUT = 'untruncatedNormal';

interface Scaling extends Initializer {
  distribution: string;
  readonly scale: number;
  readonly mode: 'fanIn' | 'fanOut' | 'fanAvg';
  readonly seed?: number;
}

class VarianceScaling extends classBehind<Scaling>('varianceScaling') {
  static override readonly className = 'VarianceScaling';

  constructor(args: Arguments) {
    const isUncut = args.distribution === UNCUT;
    super(isUncut ? {...args, distribution: 'normal'} : args);
    if (isUncut) this.distribution = UNCUT;
  }

  override apply(shape: tf.Shape, dtype?: tf.DataType): tf.Tensor {
    if (this.distribution !== UNCUT) return super.apply(shape, dtype);
    const sizes = shape as number[];
    const [fanIn, fanOut] = fansOf(sizes);
    const fan = {fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2}[this.mode];
    return tf.randomNormal(sizes, 0, Math.sqrt(this.scale / Math.max(1, fan)), dtype as 'float32', this.seed);
  }
}

/** Between how many numbers a kernel is: those that one that comes out is made of, and those that one that comes in goes to. */
function fansOf(shape: readonly number[]): [fanIn: number, fanOut: number] {
  const field = tf.util.sizeFromShape(shape.slice(0, -2));
  return [(shape.at(-2) ?? shape.at(-1) ?? 1) * field, (shape.at(-1) ?? 1) * field];
}

replace('varianceScaling', VarianceScaling);
