/** Answers of similar probability together. */
export interface CalibrationGroup {
  /** How many answers there are. */
  images: number;
  /** The mean of their probabilities, 0 to 1. */
  says: number;
  /** The share of them that is right, 0 to 1. */
  right: number;
  /** Where the share in the long run lies, in 95 of 100 such groups. */
  interval: [low: number, high: number];
}

/** The normal distribution's 97.5th percentile: between it and its negative lie 95 %. */
const Z = 1.96;

/**
 * Sorts answers by the probability of the most probable class, and compares it with how often the answer is right.
 *
 * @param labels the true class of each image
 * @param rows the probabilities of its classes; a single one, as of a sigmoid, is that of class 1 against class 0
 * @param edges the groups' limits, rising: a probability belongs to the group that it is at least the lower limit of, and
 *   the last group holds its upper limit, too
 * @returns The groups that hold an answer.
 */
export function calibrationGroups(
  labels: ArrayLike<number>,
  rows: readonly (readonly number[])[],
  edges: readonly number[],
): CalibrationGroup[] {
  const answers = rows.map((row, i) => {
    const probabilities = row.length === 1 ? [1 - row[0]!, row[0]!] : row;
    const says = Math.max(...probabilities);
    return {says, right: probabilities.indexOf(says) === labels[i] ? 1 : 0};
  });
  return edges.slice(0, -1).flatMap((from, g) => {
    const last = g === edges.length - 2;
    const group = answers.filter(({says}) => says >= from && (says < edges[g + 1]! || last));
    if (group.length === 0) return [];
    const images = group.length;
    const right = group.reduce((sum, answer) => sum + answer.right, 0) / images;
    const says = group.reduce((sum, answer) => sum + answer.says, 0) / images;
    return [{images, says, right, interval: wilson(right, images)}];
  });
}

/** The interval of a share after E. B. Wilson (1927), which holds for shares of 0 and 1 and few cases, too. */
function wilson(share: number, cases: number): [number, number] {
  const middle = share + Z ** 2 / (2 * cases);
  const half = Z * Math.sqrt((share * (1 - share)) / cases + Z ** 2 / (4 * cases ** 2));
  const scale = 1 + Z ** 2 / cases;
  // 0 and 1 are reached exactly but for rounding.
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}
