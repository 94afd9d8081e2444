/** Rows of cells as text that lines up: each column right-aligned to its widest cell. */
export function alignColumns(rows: string[][]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join(' ')).join('\n');
}
