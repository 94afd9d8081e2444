import {count, notNegative, positive, share, trueOrFalse} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind, optional, type OptionsKind} from '../arguments/schema';
import {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule, Setting, Settings} from './rule';
import type {Schedule} from './schedules';

const KINDS: Record<keyof OptimizerOptions, Kind> = {
  learningRate: notNegative,
  weightDecay: notNegative,
  clipnorm: positive,
  globalClipnorm: positive,
  clipvalue: positive,
  useEma: trueOrFalse,
  emaMomentum: share,
  emaOverwriteFrequency: count,
  gradientAccumulationSteps: {
    expected: 'a whole number of at least 2',
    fits: (value) => Number.isSafeInteger(value) && (value as number) >= 2,
  },
};

/**
 * An optimizer by its rule.
 *
 * @param name of the public function: this is the body of them all
 * @param schedule where the learning rate isn't one number
 */
export function createOptimizer(name: string, rule: Rule, options: object, schedule?: Schedule): KerasOptimizer {
  return publicCall(name, () => {
    const kinds: OptionsKind['options'] = Object.fromEntries(
      Object.entries<Kind>({...KINDS, ...rule.kinds}).map(([name, kind]) => [name, optional(kind)] as const),
    );
    checkArguments({options}, {options: {options: kinds}});
    const {learningRate, ...own} = options as OptimizerOptions & Record<string, Setting>;
    const clips = ['clipnorm', 'globalClipnorm', 'clipvalue'].filter((name) => own[name] !== undefined);
    if (clips.length > 1) throw new CallError(`${clips.join(' and ')} exclude each other; pass one of them`);
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => (value as unknown) !== undefined));
    const {learningRate: usual, ...defaults} = rule.defaults;
    const average: Settings = given.useEma ? {emaMomentum: 0.99} : {};
    const settings: Settings = {...defaults, ...average, ...given};
    return new KerasOptimizer(rule, {settings, learningRate: learningRate ?? usual, schedule});
  });
}
