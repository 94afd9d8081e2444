import type {tf} from './tensorflow';

// What tfjs's optimizers have in common, though their declarations hide it.
interface OptimizerInside {
  learningRate?: number;
  /** Of which the rate follows, in optimizers of ours. */
  schedule?: unknown;
  /** SGD and momentum keep a tensor made from the rate, and make it anew here. */
  setLearningRate?(rate: number): void;
  iterations_?: number;
  incrementIterations?(): void;
}

/** The learning rate of an optimizer: what a callback may change while training goes on. */
export class LearningRate {
  private readonly inside: OptimizerInside;
  /** Nothing at first: the number may have been changed since the optimizer was made. */
  private applied: number | undefined;

  constructor(optimizer: tf.Optimizer) {
    this.inside = optimizer as unknown as OptimizerInside;
  }

  /** undefined for an optimizer of the user's own that has no such number. */
  get value(): number | undefined {
    return this.inside.learningRate;
  }

  set value(rate: number | undefined) {
    this.inside.learningRate = rate;
    this.apply();
  }

  /** Makes `optimizer.learningRate = 0.01` take effect for every optimizer, as it does in Keras. */
  apply(): void {
    const {learningRate} = this.inside;
    if (learningRate !== undefined && learningRate !== this.applied) this.inside.setLearningRate?.(learningRate);
    this.applied = learningRate;
  }

  /** Runs `f` at another rate, without counting its steps. */
  during<T>(rate: number, f: () => T): T {
    const {value, inside} = this;
    const {iterations_: steps, schedule} = inside;
    if (value !== undefined) this.value = rate;
    try {
      return f();
    } finally {
      if (value !== undefined) this.value = value;
      if (schedule !== undefined) inside.schedule = schedule;
      inside.iterations_ = steps;
    }
  }

  /** Counts a step that the optimizer hasn't taken itself. */
  countStep(): void {
    this.inside.incrementIterations?.();
  }
}
