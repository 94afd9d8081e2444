import {escapeHtml} from '../html';

/** A cell: its text, or its text with what is special about it. */
export type HtmlCell =
  | string
  | {
      text: string;
      /** Makes it the header of its row, its column or a group of columns, as screen readers say it. */
      header?: 'row' | 'col' | 'colgroup';
      /** Columns and rows that it spans. Default: 1. */
      columns?: number;
      rows?: number;
      /** CSS of our own, never a user's text: `style` isn't escaped as text is. */
      style?: string;
    };

/** A table as rows of cells. */
export interface HtmlTable {
  caption: string;
  head: HtmlCell[][];
  body: HtmlCell[][];
  foot?: HtmlCell[][];
  /** Of each column. Default: right, as numbers stand. */
  align?: readonly ('left' | 'right')[];
}

/**
 * A table as HTML that shows what it holds, whatever characters that are. Colours, lines and fonts are left to the page,
 * so that it follows JupyterLab's light and dark themes, and GitHub's.
 */
export function htmlTable({caption, head, body, foot = [], align = []}: HtmlTable): string {
  const section = (tag: string, rows: HtmlCell[][]): string =>
    rows.length > 0 ? `<${tag}>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</${tag}>` : '';
  const cell = (content: HtmlCell, column: number): string => {
    const {text, header, columns = 1, rows = 1, style} = typeof content === 'string' ? {text: content} : content;
    const tag = header ? 'th' : 'td';
    const css = [`text-align: ${columns > 1 ? 'center' : (align[column] ?? 'right')}`, ...(style ? [style] : [])];
    const attributes = [
      ...(header ? [`scope="${header}"`] : []),
      ...(columns > 1 ? [`colspan="${columns}"`] : []),
      ...(rows > 1 ? [`rowspan="${rows}"`] : []),
      `style="${css.join('; ')}"`,
    ];
    return `<${tag} ${attributes.join(' ')}>${escapeHtml(text)}</${tag}>`;
  };
  return (
    // Digits of one width, so that numbers line up in any font.
    '<table style="font-variant-numeric: tabular-nums">' +
    `<caption style="text-align: left; white-space: nowrap">${escapeHtml(caption)}</caption>` +
    `${section('thead', head)}${section('tbody', body)}${section('tfoot', foot)}</table>`
  );
}

/** A text as the header of its column or row. */
export function header(kind: 'row' | 'col'): (text: string) => HtmlCell {
  return (text) => ({text, header: kind});
}
