// Keras's schedules: the learning rate as a function of the number of steps.
// Source: keras/src/optimizers/schedules/learning_rate_schedule.py

/** A learning rate that follows from the number of steps. */
export interface Schedule {
  /** Keras's class, and its arguments in Keras's words. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  at(step: number): number;
}

type Config = Record<string, unknown>;
type Numbers = Record<string, number>;
type At = (config: Config) => (step: number) => number;

const numbersOf = (config: Config, ...names: string[]): Numbers =>
  Object.fromEntries(
    names.map((name) => {
      const value = config[name];
      if (typeof value === 'number') return [name, value];
      throw new Error(`its learning rate's schedule needs a number for ${name}, got ${JSON.stringify(value ?? null)}`);
    }),
  );

const FORMULAS: Readonly<Record<string, At>> = {
  ExponentialDecay: (config) => {
    const {initial_learning_rate, decay_steps, decay_rate} = decaying(config);
    return (step) => initial_learning_rate! * decay_rate! ** periods(step, decay_steps!, config);
  },
  InverseTimeDecay: (config) => {
    const {initial_learning_rate, decay_steps, decay_rate} = decaying(config);
    return (step) => initial_learning_rate! / (1 + decay_rate! * periods(step, decay_steps!, config));
  },
  PiecewiseConstantDecay: (config) => {
    const [boundaries, values] = [listOf(config, 'boundaries'), listOf(config, 'values')];
    return (step) => values[boundaries.filter((boundary) => step > boundary).length]!;
  },
  PolynomialDecay: (config) => {
    const all = {end_learning_rate: 0.0001, power: 1, ...config};
    const {initial_learning_rate, decay_steps, end_learning_rate, power} = numbersOf(
      all, 'initial_learning_rate', 'decay_steps', 'end_learning_rate', 'power',
    ) as Record<string, number> & {decay_steps: number}; // prettier-ignore
    return (step) => {
      const whole = config.cycle === true ? decay_steps * Math.max(Math.ceil(step / decay_steps), 1) : decay_steps;
      const share = Math.min(step, whole) / whole;
      return (initial_learning_rate! - end_learning_rate!) * (1 - share) ** power! + end_learning_rate!;
    };
  },
  CosineDecay: (config) => {
    const {
      initial_learning_rate: first,
      decay_steps,
      alpha,
    } = numbersOf({alpha: 0, ...config}, 'initial_learning_rate', 'decay_steps', 'alpha');
    const target = (config.warmup_target ?? null) as number | null;
    const warmup = target === null ? 0 : ((config.warmup_steps ?? 0) as number);
    return (step) => {
      if (target !== null && step < warmup) return (target - first!) * (step / warmup) + first!;
      const share = Math.min(step - warmup, decay_steps!) / decay_steps!;
      return (target ?? first!) * cosine(share, 1, alpha!);
    };
  },
  CosineDecayRestarts: (config) => {
    const {initial_learning_rate, first_decay_steps, t_mul, m_mul, alpha} = numbersOf(
      {t_mul: 2, m_mul: 1, alpha: 0, ...config},
      'initial_learning_rate',
      'first_decay_steps',
      't_mul',
      'm_mul',
      'alpha',
    );
    return (step) => {
      const periodsDone = step / first_decay_steps!;
      let restarts = Math.floor(periodsDone);
      let share = periodsDone - restarts;
      if (t_mul !== 1) {
        restarts = Math.floor(Math.log(1 - periodsDone * (1 - t_mul!)) / Math.log(t_mul!));
        share = (periodsDone - (1 - t_mul! ** restarts) / (1 - t_mul!)) / t_mul! ** restarts;
      }
      return initial_learning_rate! * cosine(share, m_mul! ** restarts, alpha!);
    };
  },
};

function decaying(config: Config): Numbers {
  return numbersOf(config, 'initial_learning_rate', 'decay_steps', 'decay_rate');
}

function periods(step: number, length: number, {staircase}: Config): number {
  return staircase === true ? Math.floor(step / length) : step / length;
}

function cosine(share: number, height: number, alpha: number): number {
  return (1 - alpha) * 0.5 * height * (1 + Math.cos(Math.PI * share)) + alpha;
}

function listOf(config: Config, name: string): number[] {
  const value = config[name];
  if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return value;
  throw new Error(`its learning rate's schedule needs numbers for ${name}, got ${JSON.stringify(value ?? null)}`);
}

/**
 * A schedule of Keras's.
 *
 * @param name Keras's class
 * @param config its arguments in Keras's words
 * @throws Error for a class that isn't Keras's, and for arguments that are missing
 */
export function scheduleOf(name: string, config: Config): Schedule {
  const formula = Object.hasOwn(FORMULAS, name) ? FORMULAS[name] : undefined;
  if (formula === undefined) throw new Error(`its learning rate is a schedule of one's own, ${name}`);
  return {name, config, at: formula(config)};
}
