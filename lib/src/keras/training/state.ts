import {tf} from '../../tfjs/tensorflow';
import type {Hdf5Array} from '../../files/hdf5';
import {optimizerToKeras, ruleFor} from './optimizers';
import {variableName, variableOf, type Weight} from '../../tfjs/layers';
import {KerasOptimizer} from '../../optimizers/optimizer';
import {checked} from '../values';

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
  if (optimizer instanceof KerasOptimizer) return ownState(optimizer, model.trainableWeights);
  const rule = ruleFor(optimizer);
  const {config} = optimizerToKeras(optimizer);
  const {groups, weights} = slotsOf(model);
  const variables: StateVariable[] = [
    {kind: 'iteration', array: {shape: [], data: BigInt64Array.of(BigInt(optimizer.iterations))}},
    {kind: 'learning_rate', array: {shape: [], data: Float32Array.of(config.learning_rate as number)}},
  ];
  const tfjsSlots = rule.tfjsSlots(config);
  const [iterations, ...tensors] = tfjsSlots.length === 0 ? [] : await optimizer.getWeights();
  iterations?.tensor.dispose();
  const perSlot = tensors.length / Math.max(tfjsSlots.length, 1);
  const factor = rule.factor?.(config) ?? 1;
  const slot = (kind: string, index: number): StateVariable => {
    const weight = weights[index]!;
    const block = tensors.slice(tfjsSlots.indexOf(kind) * perSlot, (tfjsSlots.indexOf(kind) + 1) * perSlot);
    // TensorFlow.js keeps nothing for a weight that got no gradient: then only the name tells which weight is whose.
    const name = `${variableName(weight)}/`;
    const found = block.length === weights.length ? block[index] : block.find((tensor) => tensor.name.startsWith(name));
    const shape = [...weight.shape] as number[];
    const data = found
      ? scaled(found.tensor.dataSync<'float32'>(), factor)
      : new Float32Array(tf.util.sizeFromShape(shape)).fill(rule.initial?.(config) ?? 0);
    return {kind, weight, array: {shape, data}};
  };
  const order = groups.flatMap((group) => weights.flatMap((_, index) => group.map((kind) => [kind, index] as const)));
  return [...variables, ...order.map(([kind, index]) => slot(kind, index))];
}

/** The same of an optimizer of ours. With a schedule Keras keeps no learning rate. */
function ownState(optimizer: KerasOptimizer, weights: Weight[]): StateVariable[] {
  const {rule, schedule} = optimizer;
  const slot = (kind: string, weight: Weight): StateVariable[] => {
    const variable = variableOf(weight);
    const isKnown = optimizer.knows(variable);
    const kept = isKnown ? optimizer.slotsFor(variable)[kind] : optimizer.initialSlot(kind, variable);
    if (kept === undefined) return [];
    const array = {shape: kept.shape, data: kept.dataSync<'float32'>().slice()};
    if (!isKnown) kept.dispose();
    return [{kind, weight, array}];
  };
  const iterations = BigInt64Array.of(BigInt(optimizer.iterations));
  return [
    {kind: 'iteration', array: {shape: [], data: iterations}},
    ...(schedule ? [] : [{kind: 'learning_rate', array: {shape: [], data: Float32Array.of(optimizer.learningRate)}}]),
    ...optimizer.slotGroups.flatMap((group) =>
      weights.flatMap((weight) => group.flatMap((kind) => slot(kind, weight))),
    ),
    ...Object.keys(rule.globals ?? {}).map((kind) => ({
      kind,
      array: {shape: [], data: optimizer.globalNamed(kind).dataSync<'float32'>().slice()},
    })),
  ];
}

/** What an optimizer keeps. */
export interface Slots {
  /** What it keeps for each trained weight: Keras goes through a group weight by weight, and from group to group. */
  groups: readonly (readonly string[])[];
  /** The trained weights. */
  weights: Weight[];
  /** The shape of what it keeps for a weight under a name; undefined where that is nothing. */
  shapeOf: (kind: string, weight: Weight) => readonly number[] | undefined;
  /** Numbers that come last. */
  globals: readonly string[];
}

/** The trained weights for which an optimizer keeps something under a name. */
export function ownersOf(kind: string, {weights, shapeOf}: Slots): Weight[] {
  return weights.filter((weight) => shapeOf(kind, weight) !== undefined);
}

/** What the optimizer that a model is compiled with keeps, in Keras. */
export function slotsOf({optimizer, trainableWeights: weights}: tf.LayersModel): Slots {
  if (optimizer instanceof KerasOptimizer) {
    return {
      groups: optimizer.slotGroups,
      weights,
      shapeOf: (kind, weight) => optimizer.slotShape(kind, variableOf(weight)),
      globals: Object.keys(optimizer.rule.globals ?? {}),
    };
  }
  const rule = ruleFor(optimizer);
  const slots = rule.slots(optimizerToKeras(optimizer).config);
  return {
    groups: rule.interleaved ? [slots] : slots.map((kind) => [kind]),
    weights,
    shapeOf: (_kind, weight) => weight.shape as number[],
    globals: [],
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
  const slots = slotsOf(model);
  const {groups, weights} = slots;
  const ofKind = (kind: string) => variables.filter((variable) => variable.kind === kind);
  for (const kind of groups.flat()) {
    const [{length}, owners] = [ofKind(kind), ownersOf(kind, slots)];
    if (length !== 0 && length !== owners.length) {
      throw new Error(`the optimizer's ${kind} is there for ${length} of ${owners.length} trained weights`);
    }
  }
  if (optimizer instanceof KerasOptimizer) {
    assignOwnState(optimizer, slots, variables);
    return;
  }
  const rule = ruleFor(optimizer);
  const {config} = optimizerToKeras(optimizer);
  const iterations = stepsOf(variables);
  const tfjsSlots = groups.flat().some((kind) => ofKind(kind).length > 0) ? rule.tfjsSlots(config) : [];
  const factor = 1 / (rule.factor?.(config) ?? 1);
  const tensors = tfjsSlots.flatMap((kind) => slotTensors(kind, ofKind(kind), weights, factor));
  const iter = {name: 'iter', tensor: tf.scalar(iterations, 'int32')};
  await optimizer.setWeights([iter, ...tensors]);
  tf.dispose([iter.tensor, ...tensors.map(({tensor}) => tensor)]);
}

/** All is checked before the first changes. */
function assignOwnState(optimizer: KerasOptimizer, slots: Slots, variables: StateVariable[]): void {
  const assignments: [variable: tf.Variable, values: Float32Array][] = [];
  for (const kind of slots.groups.flat()) {
    const owners = ownersOf(kind, slots);
    variables.filter((each) => each.kind === kind).forEach(({array}, i) => {
      const slot = optimizer.slotsFor(variableOf(owners[i]!))[kind]!;
      assignments.push([slot, checked(array, slot.shape, `${kind} of the optimizer`)]);
    }); // prettier-ignore
  }
  for (const kind of Object.keys(optimizer.rule.globals ?? {})) {
    const found = variables.find((each) => each.kind === kind);
    if (found) assignments.push([optimizer.globalNamed(kind), checked(found.array, [], `${kind} of the optimizer`)]);
  }
  tf.tidy(() => {
    for (const [variable, values] of assignments) variable.assign(tf.tensor(values.slice(), variable.shape, 'float32'));
    optimizer.startAt(stepsOf(variables));
  });
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
