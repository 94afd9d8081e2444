// tfjs takes a limit, a mean or a spread of 0 for one that isn't given: numbers between 0 and 1 were drawn from -0.05 on, and
// written so into files. Importing this file makes its initializers take a 0 for a 0.
import {register} from './ownLayer';
import {tf} from './tensorflow';

type Arguments = Record<string, unknown>;
type Initializer = ReturnType<typeof tf.initializers.zeros>;

for (const [name, numbers] of [
  ['randomUniform', ['minval', 'maxval']],
  ['randomNormal', ['mean', 'stddev']],
  ['truncatedNormal', ['mean', 'stddev']],
] as const) {
  const makers = tf.initializers as unknown as Record<string, (args: Arguments) => Initializer>;
  const theirs = makers[name]!({}).constructor as unknown as {
    new (args: Arguments): Initializer;
    readonly className: string;
  };
  const ours = class extends theirs {
    static override readonly className = theirs.className;

    constructor(args: Arguments) {
      super(args);
      for (const each of numbers) if (args[each] === 0) Object.assign(this, {[each]: 0});
    }
  };
  register(ours);
  makers[name] = (args) => new ours(args);
}
