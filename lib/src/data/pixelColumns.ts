/**
 * In which order a table's columns of pixels are to be taken. Where their headers differ in their numbers alone, as pixel0,
 * pixel1, pixel10, it is that of the numbers: programs that sort headers as text put pixel10 before pixel2, and every picture
 * would be scrambled alike. Of two numbers, as in 1x1 and 1x2, either may count the rows, if the table has it so throughout;
 * else the first does. Where they differ in a colour's name, too, as r0 and g0, the red, green and blue of a pixel stand
 * together, as in every picture here, and not all reds first. Others stay as they stand.
 *
 * @param columns their places in the table
 * @param names the headers of the whole table; none when it has no header
 */
export function inOrder(columns: readonly number[], names: readonly string[]): number[] {
  const headers = columns.map((column) => headerOf(names[column] ?? ''));
  const colours = headers.map(({colour}) => colour);
  const planes = [-1, 0, 1, 2].map((colour) => headers.filter((header) => header.colour === colour));
  const isAlike = new Set(headers.map(({form}) => form)).size === 1;
  const areColours = planes.slice(1).every(({length}) => 3 * length === columns.length);
  if (!isAlike || !(areColours || colours.every((colour) => colour === colours[0]))) return [...columns];
  const isSecondFirst =
    !planes.every((plane) => isRising(plane.map(({numbers}) => numbers))) &&
    planes.every((plane) => isRising(plane.map(({numbers}) => [...numbers].reverse())));
  const places = columns.map((column, i) => {
    const {numbers, colour} = headers[i]!;
    return {column, key: [...(isSecondFirst ? [...numbers].reverse() : numbers), colour]};
  });
  return places.sort((a, b) => compare(a.key, b.key)).map(({column}) => column);
}

const COLOUR = /(?<![a-z])(r|red|g|green|b|blue)(?![a-z])/i;

/** A header's numbers, its colour (0 is red, -1 none), and what is left without them. */
function headerOf(header: string): {numbers: number[]; colour: number; form: string} {
  const [, name = ''] = COLOUR.exec(header) ?? [];
  return {
    numbers: (header.match(/\d+/g) ?? []).map(Number),
    colour: name === '' ? -1 : 'rgb'.indexOf(name[0]!.toLowerCase()),
    form: header.replace(COLOUR, '').replace(/\d+/g, '0'),
  };
}

function isRising(numbers: readonly (readonly number[])[]): boolean {
  return numbers.every((each, i) => i === 0 || compare(numbers[i - 1]!, each) <= 0);
}

/** Below 0 when `a` comes first: the first number that differs tells. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, i) => number !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
