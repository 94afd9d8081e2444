import {numbers, text} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../arguments/schema';

/** How a matrix is printed. */
export interface MatrixOptions {
  /** What stands for 0. A dot keeps out of the way, so that the digit shows; "0" prints the matrix as R does. */
  zero?: string;
}

/**
 * An image as the numbers that it is: one line a row, the columns lined up, in one block however wide.
 *
 * @param pixels height × width values, row by row, for example `train.image(0)`.
 * @param shape [height, width].
 * @param options How to write the numbers.
 * @returns The text, lines ended by newlines.
 * @throws Error when the number of pixels doesn't fit the shape.
 *
 * @example
 * formatMatrix(train.image(0), [28, 28]);
 * //   .   .   .   3  18  18 126 136 175  26 166 …
 */
export function formatMatrix(
  pixels: ArrayLike<number>,
  shape: readonly [height: number, width: number],
  options: MatrixOptions = {},
): string {
  return publicCall('formatMatrix', () => {
    checkArguments({pixels, shape, options}, {pixels: grey, shape: size, options: matrixOptions});
    const [height, width] = shape;
    if (pixels.length !== height * width) {
      throw new CallError(
        `shape [${height}, ${width}] needs ${height * width} pixels, got ${pixels.length}; ${grey.help}`,
      );
    }
    return format(pixels, shape, options);
  });
}

const grey = {...numbers, help: 'pass one grey image, for example set.image(0)'};

const size: Kind = {
  expected: '[height, width]',
  fits: (value) => Array.isArray(value) && value.length === 2 && value.every((size) => Number.isInteger(size)),
};

const matrixOptions = optionsOf<MatrixOptions>({zero: optional(text)});

function format(
  pixels: ArrayLike<number>,
  [height, width]: readonly [height: number, width: number],
  {zero = '.'}: MatrixOptions,
): string {
  const whole = Array.from(pixels).every(Number.isInteger);
  const cells = Array.from(pixels, (value) => (value === 0 ? zero : whole ? String(value) : value.toFixed(2)));
  const columnWidth = cells.reduce((most, cell) => Math.max(most, cell.length), 0);
  const lines: string[] = [];
  for (let row = 0; row < height; row++) {
    const line = cells.slice(row * width, (row + 1) * width).map((cell) => cell.padStart(columnWidth));
    lines.push(line.join(' '));
  }
  return lines.join('\n');
}
