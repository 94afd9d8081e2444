/**
 * A Plotly figure as plain data: `data` holds the traces, `layout` the titles, axes and size.
 * See https://plotly.com/javascript/reference/.
 */
export interface Figure {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}
