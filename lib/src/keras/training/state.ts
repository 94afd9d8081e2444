import {tf} from '../../tfjs/tensorflow';
import type {Hdf5Array} from '../../files/hdf5';
import {optimizerToKeras, ruleFor} from './optimizers';
import {variableName, type Weight} from '../../tfjs/layers';
import {checked} from '../container/variables';

/** One variable of a Keras optimizer, in Keras's order. */
export interface StateVariable {
  /** 'iteration', 'learning_rate', or a slot: 'momentum', 'velocity', … */
  kind: string;
  /** Which trained weight a slot belongs to. */
  weight?: Weight;
  array: Hdf5Array;
}

/**
 * What an optimizer remembers, as Keras orders it: the number of steps, the learning rate, then what it keeps for each
 * weight of `model.trainableWeights`. Before the first step that is what Keras begins with.
 */
export async function stateToKeras(model: tf.LayersModel): Promise<StateVariable[]> {
  const {optimizer} = model;
  const rule = ruleFor(optimizer);
  const {config} = optimizerToKeras(optimizer);
  const weights = model.trainableWeights;
  const variables: StateVariable[] = [
    {kind: 'iteration', array: {shape: [], data: BigInt64Array.of(BigInt(optimizer.iterations))}},
    {kind: 'learning_rate', array: {shape: [], data: Float32Array.of(config.learning_rate as number)}},
  ];
  const kept = rule.kept(config);
  const slots = rule.slots(config);
  const [iterations, ...tensors] = kept.length === 0 ? [] : await optimizer.getWeights();
  iterations?.tensor.dispose();
  const perSlot = tensors.length / Math.max(kept.length, 1);
  const factor = rule.factor?.(config) ?? 1;
  const slot = (kind: string, index: number): StateVariable => {
    const weight = weights[index]!;
    const block = tensors.slice(kept.indexOf(kind) * perSlot, (kept.indexOf(kind) + 1) * perSlot);
    // TensorFlow.js keeps nothing for a weight that got no gradient: then only the name tells which weight is whose.
    const name = `${variableName(weight)}/`;
    const found = block.length === weights.length ? block[index] : block.find((tensor) => tensor.name.startsWith(name));
    const size = weight.shape.reduce<number>((product, length) => product * length!, 1);
    const data = found
      ? scaled(found.tensor.dataSync<'float32'>(), factor)
      : new Float32Array(size).fill(rule.initial?.(config) ?? 0);
    return {kind, weight, array: {shape: [...weight.shape] as number[], data}};
  };
  const order = rule.interleaved
    ? weights.flatMap((_, index) => slots.map((kind) => [kind, index] as const))
    : slots.flatMap((kind) => weights.map((_, index) => [kind, index] as const));
  return [...variables, ...order.map(([kind, index]) => slot(kind, index))];
}

/** What an optimizer keeps. */
export interface Slots {
  /** The kinds of what it keeps for each trained weight, in Keras's order. */
  slots: readonly string[];
  /** The trained weights. */
  weights: Weight[];
  /** Whether Keras goes weight by weight, or slot by slot. */
  interleaved: boolean;
}

/** What the optimizer that a model is compiled with keeps, in Keras. */
export function slotsOf(model: tf.LayersModel): Slots {
  const rule = ruleFor(model.optimizer);
  return {
    slots: rule.slots(optimizerToKeras(model.optimizer).config),
    weights: model.trainableWeights,
    interleaved: rule.interleaved ?? false,
  };
}

/** How many steps were taken. */
export function stepsOf(variables: readonly StateVariable[]): number {
  const iteration = variables.find(({kind}) => kind === 'iteration');
  return Number((iteration?.array.data as ArrayLike<number | bigint> | undefined)?.[0] ?? 0);
}

/** Gives a compiled model's optimizer the state from a file. `variables` hold all slots of a kind in weights' order. */
export async function stateToTfjs(model: tf.LayersModel, variables: StateVariable[]): Promise<void> {
  const {optimizer} = model;
  const rule = ruleFor(optimizer);
  const {config} = optimizerToKeras(optimizer);
  const weights = model.trainableWeights;
  const ofKind = (kind: string) => variables.filter((variable) => variable.kind === kind);
  const iterations = stepsOf(variables);
  const present = rule.slots(config);
  for (const kind of present) {
    const {length} = ofKind(kind);
    if (length !== 0 && length !== weights.length) {
      throw new Error(`the optimizer's ${kind} is there for ${length} of ${weights.length} trained weights`);
    }
  }
  const kept = present.some((kind) => ofKind(kind).length > 0) ? rule.kept(config) : [];
  const factor = 1 / (rule.factor?.(config) ?? 1);
  const tensors = kept.flatMap((kind) => slotTensors(kind, ofKind(kind), weights, factor));
  const iter = {name: 'iter', tensor: tf.scalar(iterations, 'int32')};
  await optimizer.setWeights([iter, ...tensors]);
  tf.dispose([iter.tensor, ...tensors.map(({tensor}) => tensor)]);
}

type NamedTensor = Awaited<ReturnType<tf.Optimizer['getWeights']>>[number];

/** A copy, times a factor. */
function scaled(values: Float32Array, factor: number): Float32Array {
  return factor === 1 ? values.slice() : values.map((value) => value * factor);
}

function slotTensors(kind: string, found: StateVariable[], weights: Weight[], factor: number): NamedTensor[] {
  return weights.map((weight, i) => {
    const shape = weight.shape as number[];
    const name = `${variableName(weight)}/${kind}`;
    if (found.length === 0) return {name, tensor: tf.zeros(shape)};
    const values = checked(found[i]!.array, shape, `${kind} of the optimizer`);
    return {name, tensor: tf.tensor(scaled(values, factor), shape, 'float32')};
  });
}
