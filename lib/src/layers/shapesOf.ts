// What shapes a computation gives where those of its inputs have open axes.
import {tf} from '../tfjs/tensorflow';

type Shape = tf.Shape;
/** The size that stands for an open axis of an input. */
type StandIn = (axis: number, shape: Shape) => number;

/** For all axes alike, and for the examples apart. */
const OF_EXAMPLES: readonly StandIn[] = [() => 2, () => 3];
/** Larger sizes too, which fit windows and blocks of any usual size. */
const OF_ANY_AXIS: readonly StandIn[] = [
  ...OF_EXAMPLES,
  (axis) => (axis === 0 ? 3 : 2),
  (axis) => (axis === 0 ? 4 : 48),
  (axis) => (axis === 0 ? 5 : 96),
];

/**
 * The shapes of what a function makes of inputs of these shapes, in which `null` is an open axis: it is tried with numbers
 * in their place. What differs from one trial to the next is open; a trial that fails, as blocks of 4 do with an axis of 2,
 * says nothing.
 *
 * @param beside the shapes of constants with which the function combines the inputs
 * @param who begins the error
 * @throws Error if the function fails with all of them
 */
export function shapesOf(
  shapes: readonly Shape[],
  beside: readonly Shape[],
  f: (inputs: tf.Tensor[]) => tf.Tensor[],
  who: string,
): Shape[] {
  let reason: unknown;
  const tried = (standIn: StandIn): Shape[][] => {
    try {
      const filled = shapes.map((shape) => shape.map((size, axis) => size ?? standIn(axis, shape)));
      return [tf.tidy(() => f(filled.map((shape) => tf.zeros(shape))).map(({shape}) => shape))];
    } catch (error) {
      reason ??= error;
      return [];
    }
  };
  const standIns = shapes.some((shape) => shape.slice(1).includes(null)) ? OF_ANY_AXIS : OF_EXAMPLES;
  // An axis that meets a known one, counted from the end, may have to have its size.
  const meeting = (least: number) =>
    standIns.map((standIn): StandIn => (axis, shape) => met([...shapes, ...beside], axis - shape.length, least) ?? standIn(axis, shape)); // prettier-ignore
  const trials: Shape[][] = [];
  for (const each of [standIns, meeting(2), meeting(1)]) {
    const found = each.map(tried);
    trials.push(...found.flat());
    // The largest sizes say most: small ones may fit by chance.
    if (found.at(-1)!.length > 0) break;
  }
  const [first, ...others] = trials;
  if (first === undefined) {
    const given = shapes.map((shape) => `[${shape.map((size) => size ?? '?').join(', ')}]`).join(', ');
    throw new Error(`${who} can't be called with ${given}: ${(reason as Error).message}`, {cause: reason});
  }
  return first.map((shape, i) =>
    shape.map((size, axis) => (others.every((other) => other[i]![axis] === size) ? size : null)),
  );
}

/** The size that one of the shapes has at this axis, counted from the end. */
function met(shapes: readonly Shape[], fromEnd: number, least: number): number | undefined {
  return shapes.flatMap((shape) => shape.at(fromEnd) ?? []).find((size) => size >= least);
}
