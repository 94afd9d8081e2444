/** Headers of a column that numbers or names the rows, as pandas and R write them. */
export const ROW_NAMES = /^(unnamed: \d+|index)?$/i;

/**
 * A table's header with a place for the names of the rows. R's write.table gives these a column and no header, so that all
 * rows below have one cell more; a cell more that is empty is a separator at their end.
 *
 * @param header the first row
 * @param rows those below, or some of them
 */
export function withRowNames(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const areLonger = rows.length > 0 && rows.every(({length}) => length === header.length + 1);
  return areLonger && rows.some((cells) => cells.at(-1)!.trim() !== '') ? ['', ...header] : [...header];
}
