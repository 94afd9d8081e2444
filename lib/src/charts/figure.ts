/**
 * A Plotly figure as plain data: `data` holds the traces, `layout` the titles, axes and size.
 * See https://plotly.com/javascript/reference/.
 */
export interface Figure {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}

export function isFigure(value: unknown): value is Figure {
  if (typeof value !== 'object' || value === null) return false;
  const {data, layout} = value as Partial<Figure>;
  return Array.isArray(data) && typeof layout === 'object' && (layout as object | null) !== null;
}
