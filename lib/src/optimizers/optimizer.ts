// What all of Keras's optimizers have in common, keras/src/optimizers/base_optimizer.py: clipping, weight decay, the moving
// average of the weights, gradients that are added up over batches. What a step does with a gradient is its rule's.
import {readsItsPropertiesOnly} from '../tfjs/settings';
import {tf} from '../tfjs/tensorflow';
import {clipped} from './clip';
import type {OfWeight, Rule, Settings, Setup} from './rule';
import type {Schedule} from './schedules';

type Gradients = Record<string, tf.Tensor | null> | {name: string; tensor: tf.Tensor | null}[];

/** What is kept for one weight. */
type Slots = Record<string, tf.Variable>;

/** The moving average, and the sum of gradients: Keras's names. */
const AVERAGE = 'average';
const ACCUMULATED = 'gradient_accumulator';

/** An optimizer of Keras's that computes in TensorFlow.js, one operation after the other or as a graph. */
export class KerasOptimizer extends tf.Optimizer {
  /** @nocollapse */
  static readonly className = 'KerasOptimizer';
  readonly options: Settings;
  /** Where the learning rate follows from the number of steps. */
  schedule: Schedule | undefined;
  readonly #rule: Rule;
  #rate: number;
  readonly #slots = new Map<string, Slots>();
  readonly #globals: Record<string, tf.Variable> = {};
  /** How many batches there were, for the graph. */
  #count: tf.Variable | undefined;

  constructor(rule: Rule, {settings, learningRate, schedule}: Setup) {
    super();
    this.#rule = rule;
    this.options = {...settings};
    this.schedule = schedule;
    this.#rate = learningRate;
  }

  /** tfjs takes whatever has an optimizer's methods for an instance of its class, and its subclasses inherit that. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && #rule in value;
  }

  get rule(): Rule {
    return this.#rule;
  }

  /** That of the next step. One that is set takes the place of a schedule. */
  get learningRate(): number {
    return this.schedule === undefined ? this.#rate : this.schedule.at(this.iterations);
  }

  set learningRate(rate: number) {
    this.schedule = undefined;
    this.#rate = rate;
  }

  override getClassName(): string {
    return this.#rule.name;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {learningRate: this.learningRate, ...this.options};
  }

  /** The names of what is kept for each weight, in Keras's order: group by group, within a group weight by weight. */
  get slotGroups(): readonly (readonly string[])[] {
    const {useEma, gradientAccumulationSteps} = this.options;
    return [
      ...(useEma ? [[AVERAGE]] : []),
      ...(gradientAccumulationSteps ? [[ACCUMULATED]] : []),
      ...this.#rule.slots(this.options),
    ];
  }

  override applyGradients(gradients: Gradients): void {
    const entries = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({name, tensor}));
    const given = entries.filter((entry): entry is {name: string; tensor: tf.Tensor} => entry.tensor !== null);
    const weights = given.map(({name}) => tf.engine().registeredVariables[name]!);
    tf.tidy(() => {
      this.step(
        weights,
        given.map(({tensor}) => tensor),
      );
    });
    this.incrementIterations();
  }

  /** What is kept for a weight, made on first use. */
  slotsFor(weight: tf.Variable): Slots {
    const known = this.#slots.get(weight.name);
    if (known !== undefined) return known;
    const made = Object.fromEntries(
      this.slotGroups.flat().flatMap((name) => {
        const initial = this.initialSlot(name, weight);
        return initial === undefined ? [] : [[name, variable(initial)] as const];
      }),
    );
    this.#slots.set(weight.name, made);
    return made;
  }

  /** The shape of what is kept for a weight under a name; undefined where nothing is. */
  slotShape(name: string, weight: OfWeight): readonly number[] | undefined {
    const {slotShape} = this.#rule;
    return slotShape === undefined ? weight.shape : slotShape(name, weight, this.options);
  }

  /** What is kept for a weight under a name before the first step; undefined where nothing is. */
  initialSlot(name: string, weight: tf.Variable): tf.Tensor | undefined {
    const shape = this.slotShape(name, weight);
    const initial = this.#rule.initial?.(this.options)[name] ?? 0;
    if (shape === undefined) return undefined;
    return initial === 'weight' ? weight.clone() : tf.fill([...shape], initial);
  }

  /** Whether something is kept for a weight already. */
  knows(weight: tf.Variable): boolean {
    return this.#slots.has(weight.name);
  }

  /** A number that is kept besides. */
  globalNamed(name: string): tf.Variable {
    return (this.#globals[name] ??= variable(tf.scalar(this.#rule.globals![name]!)));
  }

  /** Goes on after so many batches. */
  startAt(iterations: number): void {
    this.iterations_ = iterations;
    this.#count?.assign(tf.scalar(iterations, 'int32'));
  }

  /** What is left to do when training ends, as in Keras: the weights become their moving average. */
  finish(weights: readonly tf.Variable[]): void {
    if (!this.options.useEma) return;
    for (const weight of weights) if (this.knows(weight)) weight.assign(this.slotsFor(weight)[AVERAGE]!);
  }

  override dispose(): void {
    for (const slots of this.#slots.values()) tf.dispose(slots);
    this.#slots.clear();
    tf.dispose(this.#globals);
    this.#count?.dispose();
    this.#count = undefined;
  }

  private step(weights: tf.Variable[], gradients: tf.Tensor[]): void {
    const count = (this.#count ??= variable(tf.scalar(this.iterations, 'int32')));
    const {gradientAccumulationSteps: batches, useEma} = this.options as {
      gradientAccumulationSteps?: number;
      useEma?: boolean;
    };
    if (!batches) this.update(weights, gradients, count, (_before, after) => after);
    else {
      const isDue = count.add(1).mod(tf.scalar(batches, 'int32')).equal(0);
      const sums = gradients.map((gradient, i) => gradient.add(this.slotsFor(weights[i]!)[ACCUMULATED]!));
      const means = sums.map((sum) => sum.div(batches));
      this.update(weights, means, count.div(tf.scalar(batches, 'int32')).toInt(), (before, after) =>
        tf.where(isDue, after, before),
      );
      weights.forEach((weight, i) => {
        this.slotsFor(weight)[ACCUMULATED]!.assign(tf.where(isDue, sums[i]!.zerosLike(), sums[i]!));
      });
    }
    if (useEma) this.average(weights, batches ? count.div(tf.scalar(batches, 'int32')).toInt() : count);
    count.assign(count.add(tf.scalar(1, 'int32')));
  }

  /** @param choose What a variable becomes, between what it was and what the step makes of it. */
  private update(
    weights: tf.Variable[],
    given: tf.Tensor[],
    count: tf.Tensor,
    choose: (before: tf.Tensor, after: tf.Tensor) => tf.Tensor,
  ): void {
    const {options: settings} = this;
    const rate = tf.scalar(this.learningRate);
    const rule = this.#rule;
    const gradients = clipped(given, settings);
    const globals = Object.fromEntries(Object.keys(rule.globals ?? {}).map((name) => [name, this.globalNamed(name)]));
    const shared = rule.begin?.(count.toFloat().add(1), settings, globals) ?? {};
    for (const [name, kept] of Object.entries(globals)) kept.assign(choose(kept, shared[name]!));
    weights.forEach((variableOfWeight, i) => {
      const slots = this.slotsFor(variableOfWeight);
      const decay = rule.weightDecay?.(slots, settings) ?? (settings.weightDecay as number | undefined);
      const weight = decay ? variableOfWeight.sub(variableOfWeight.mul(decay).mul(rate)) : variableOfWeight;
      const found = rule.update({gradient: gradients[i]!, weight, slots, rate, settings, shared});
      for (const [name, after] of Object.entries(found.slots)) slots[name]!.assign(choose(slots[name]!, after));
      variableOfWeight.assign(choose(variableOfWeight, found.weight));
    });
  }

  private average(weights: tf.Variable[], count: tf.Tensor): void {
    const {emaMomentum, emaOverwriteFrequency: every} = this.options as {
      emaMomentum: number;
      emaOverwriteFrequency?: number;
    };
    // The first average is the weights themselves.
    const stays = count.notEqual(0).toFloat().mul(emaMomentum);
    for (const weight of weights) {
      const kept = this.slotsFor(weight)[AVERAGE]!;
      const average = kept.mul(stays).add(weight.mul(tf.sub(1, stays)));
      kept.assign(average);
      if (!every) continue;
      const isDue = count.add(1).mod(tf.scalar(every, 'int32')).equal(0);
      weight.assign(tf.where(isDue, average, weight));
    }
  }
}

readsItsPropertiesOnly(KerasOptimizer);

/** A variable that no gradient reaches. */
function variable(initial: tf.Tensor): tf.Variable {
  const made = tf.variable(initial, false);
  initial.dispose();
  return made;
}
