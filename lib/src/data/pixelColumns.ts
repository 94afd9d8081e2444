/**
 * In which order a table's columns of pixels are to be taken. Where their headers differ in their numbers alone, as pixel0,
 * pixel1, pixel10, it is that of the numbers: programs that sort headers as text put pixel10 before pixel2, and every picture
 * would be scrambled alike. Of two numbers, as in 1x1 and 1x2, either may count the rows, if the table has it so throughout;
 * else the first does. Others stay as they stand.
 *
 * @param columns their places in the table
 * @param names the headers of the whole table; none when it has no header
 */
export function inOrder(columns: readonly number[], names: readonly string[]): number[] {
  const headers = columns.map((column) => names[column] ?? '');
  const numbers = headers.map((header) => (header.match(/\d+/g) ?? []).map(Number));
  const isAlike = new Set(headers.map((header) => header.replace(/\d+/g, '0'))).size === 1;
  if (!isAlike || isRising(numbers) || isRising(numbers.map((each) => [...each].reverse()))) return [...columns];
  const places = columns.map((column, i) => ({column, number: numbers[i]!}));
  return places.sort((a, b) => compare(a.number, b.number)).map(({column}) => column);
}

function isRising(numbers: readonly (readonly number[])[]): boolean {
  return numbers.every((each, i) => i === 0 || compare(numbers[i - 1]!, each) <= 0);
}

/** Below 0 when `a` comes first: the first number that differs tells. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, i) => number !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
