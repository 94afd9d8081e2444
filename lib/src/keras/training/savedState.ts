// What the versions of Keras wrote of an optimizer's memory, told apart.
// Sources: keras 2.0 to 2.3.1, optimizers.py, get_updates(); tf.keras 2.0 to 2.10, optimizer_v2, _create_slots();
// 2.11 to 2.15, optimizers/optimizer.py and build() of each; keras.src.optimizers of Keras 3.
import type {Hdf5Array} from '../../files/hdf5';
import type {tf} from '../../tfjs/tensorflow';
import {ownersOf, type Slots, slotsOf, stepsOf, type StateVariable} from './state';

/** One variable of an optimizer in a file, in the file's order. */
export interface SavedVariable {
  /** In .h5 files only: `Adam/conv2d/kernel/m:0`, `m/conv2d/kernel:0`, `training/Adam/Variable_1:0`, … */
  name?: string;
  array: Hdf5Array;
}

/**
 * What an optimizer remembered, for the one that the model is compiled with: by the names where they say it, otherwise
 * by the order and the shapes.
 *
 * @throws Error where neither tells what is what
 */
export function stateFromFile(model: tf.LayersModel, all: readonly SavedVariable[]): StateVariable[] {
  // What scales the loss counts for itself, and puts that first.
  const counts = all.flatMap(({name}, i) => (name !== undefined && slotNamed(name) === 'iteration' ? [i] : []));
  const saved = all.slice(counts.at(-1) ?? 0);
  if (saved.length === 0) return [];
  const {weights} = slotsOf(model);
  if (weights.length === 0)
    throw new Error('all layers are frozen in the file, as those of a discriminator in a GAN are');
  const byName = stateByName(model, saved);
  return isComplete(model, byName) ? byName : stateByOrder(model, saved);
}

// What versions of Keras called one slot: the name's last part, its first or second part, or the end of its last part.
const SPELLINGS: readonly [kind: string, spellings: readonly string[]][] = [
  ['iteration', ['iteration', 'iterations', 'iter']],
  ['learning_rate', ['learning_rate', 'current_learning_rate']],
  ['momentum', ['momentum', 'm']],
  ['velocity', ['velocity', 'v', 'rms']],
  ['velocity_hat', ['velocity_hat', 'vhat']],
  ['average_gradient', ['average_gradient', 'mg']],
  ['norm', ['norm', 'u']],
  ['accumulator', ['accumulator']],
  ['linear', ['linear']],
  ['average', ['average']],
  ['gradient_accumulator', ['gradient_accumulator']],
  ['accumulated_grad', ['accumulated_grad', 'accum_grad']],
  ['accumulated_delta_var', ['accumulated_delta_var', 'accum_var']],
  ['u_product', ['u_product']],
];

/** The kind of a variable by its name in an .h5 file: Adam/conv2d/kernel/m:0, Adam/m/conv2d/kernel:0, …_momentum. */
export function slotNamed(name: string): string | undefined {
  const parts = name.replace(/:\d+$/, '').split('/');
  const last = parts.at(-1)!;
  const find = (matches: (spelling: string) => boolean) =>
    SPELLINGS.find(([, spellings]) => spellings.some(matches))?.[0];
  return (
    find((spelling) => last === spelling) ??
    // The longest first: …_velocity_hat is no velocity.
    [...SPELLINGS].reverse().find(([, all]) => all.some((each) => each.length > 2 && last.endsWith(`_${each}`)))?.[0] ??
    find((spelling) => new RegExp(`^${spelling}_\\d+$`).test(last)) ??
    find((spelling) => parts[1] === spelling) ??
    find((spelling) => parts.length > 1 && parts[0] === spelling)
  );
}

/** Those whose names say what they are. Keras 2 called Adamax's norm v, and Keras 3 gives no name to Nadam's product. */
function stateByName(model: tf.LayersModel, saved: readonly SavedVariable[]): StateVariable[] {
  const {groups, globals} = slotsOf(model);
  const hasNorm = groups.flat().includes('norm');
  const last = saved.length - globals.length;
  return saved.flatMap(({name, array}, i) => {
    const found = name === undefined ? undefined : slotNamed(name);
    const kind = found ?? (name !== undefined && array.shape.length === 0 ? globals[i - last] : undefined);
    return kind === undefined ? [] : {kind: hasNorm && kind === 'velocity' ? 'norm' : kind, array};
  });
}

/** Whether each slot of the optimizer is there for each trained weight. */
function isComplete(model: tf.LayersModel, variables: readonly StateVariable[]): boolean {
  const slots = slotsOf(model);
  return (
    variables.length > 0 &&
    slots.groups
      .flat()
      .every((slot) => variables.filter(({kind}) => kind === slot).length === ownersOf(slot, slots).length)
  );
}

/** Numbers that stand alone come first: the count of steps, a learning rate, a schedule's state. Then the slots. */
function stateByOrder(model: tf.LayersModel, saved: readonly SavedVariable[]): StateVariable[] {
  const {groups, weights, globals, shapeOf} = slotsOf(model);
  const slots = groups.flat();
  const arrays = saved.map(({array}) => array);
  const shaped = firstShaped(arrays);
  if (slots.length === 0) return counts(arrays.slice(0, shaped));
  // Before the first step Keras 2 has no slots at all.
  if (shaped === arrays.length && stepsOf(counts(arrays)) === 0) return [];
  const inOrder = (all: Slots['groups']) =>
    all.flatMap((group) =>
      weights.flatMap((weight) => group.map((kind) => ({kind, weight, shape: shapeOf(kind, weight)})).filter(isKept)),
    );
  const [byGroup, bySlot] = [inOrder(groups), inOrder(slots.map((kind) => [kind]))];
  const orders = isOld(saved) ? [bySlot, byGroup] : [byGroup, bySlot];
  // A slot may be a number as well, as some of Adafactor's are.
  const start = (order: typeof byGroup) => shaped - firstShaped(order);
  const order = orders.find((each) => each.every(({shape}, i) => sameShape(arrays[start(each) + i], shape)));
  const rest = order && arrays.slice(start(order));
  // Keras 2.1 to 2.3 keep a third slot of Adam's, of no use without AMSGrad: [1] for each weight.
  const beyond = rest?.slice(order!.length + globals.length);
  if (!order || !rest || beyond!.some(({shape}) => shape.length > 1 || (shape[0] ?? 1) !== 1)) {
    throw new Error(
      `its memory in the file, ${saved.length} ${saved.length === 1 ? 'array' : 'arrays'}, isn't one for this model's trained weights`,
    );
  }
  const last = globals.flatMap((kind, i) => {
    const array = rest[order.length + i];
    return array === undefined ? [] : [{kind, array}];
  });
  return [
    ...counts(arrays.slice(0, start(order))),
    ...order.map(({kind, weight}, i) => ({kind, weight, array: rest[i]!})),
    ...last,
  ];
}

/** What stands alone, as far as it matters. */
function counts(arrays: readonly Hdf5Array[]): StateVariable[] {
  return arrays.flatMap((array, i) => {
    const kind = isWhole(array) ? 'iteration' : i === 1 ? 'learning_rate' : undefined;
    return kind === undefined ? [] : [{kind, array}];
  });
}

/** Where the first is that isn't a number by itself. */
function firstShaped(all: readonly {shape: readonly number[]}[]): number {
  const found = all.findIndex(({shape}) => shape.length > 0);
  return found === -1 ? all.length : found;
}

function isKept<Slot extends {shape: readonly number[] | undefined}>(
  slot: Slot,
): slot is Slot & {shape: readonly number[]} {
  return slot.shape !== undefined;
}

function isWhole({shape, data}: Hdf5Array): boolean {
  return shape.length === 0 && !(data instanceof Float32Array || data instanceof Float64Array);
}

/** Keras 2.0 to 2.3.1 called all of them Variable, and had one slot after the other. */
function isOld(saved: readonly SavedVariable[]): boolean {
  return saved.some(({name}) => name !== undefined && /(^|\/)(Variable|m|v|vhat)(_\d+)?:\d+$/.test(name));
}

function sameShape(array: Hdf5Array | undefined, shape: readonly number[]): boolean {
  return array?.shape.length === shape.length && array.shape.every((length, i) => length === shape[i]);
}
