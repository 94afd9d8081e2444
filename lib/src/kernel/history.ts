/** The cells that ran, for consoles that look back. */

/** The content of Jupyter's history_request, as far as one session answers it. */
export interface HistoryRequest {
  hist_access_type?: 'range' | 'tail' | 'search';
  output?: boolean;
  n?: number;
  start?: number;
  stop?: number;
  session?: number;
  pattern?: string;
  unique?: boolean;
}

type Entry = [session: number, line: number, source: string];

export class CellHistory {
  private readonly entries: Entry[] = [];

  add(line: number, source: string): void {
    this.entries.push([0, line, source]);
  }

  /** The cells asked for, the oldest first; with `output`, each source beside its output, which isn't kept. */
  find(request: HistoryRequest): unknown[] {
    const found = this.select(request);
    return request.output ? found.map(([session, line, source]) => [session, line, [source, null]]) : found;
  }

  private select({hist_access_type: how, n, start, stop, pattern, unique, session}: HistoryRequest): Entry[] {
    if (how === 'range') {
      // Earlier sessions aren't kept: the one that is counts as 0.
      if (session !== undefined && session !== 0) return [];
      return this.entries.filter(([, line]) => line >= (start ?? 1) && line < (stop ?? Infinity));
    }
    let found = this.entries;
    if (how === 'search') found = found.filter(([, , source]) => globFits(pattern ?? '*', source));
    const sources = found.map(([, , source]) => source);
    if (unique) found = found.filter(([, , source], i) => sources.lastIndexOf(source) === i);
    return n === undefined ? found : n > 0 ? found.slice(-n) : [];
  }
}

/** `*` stands for any text and `?` for one character. */
function globFits(pattern: string, text: string): boolean {
  const source = Array.from(pattern, (c) => (c === '*' ? '[\\s\\S]*' : c === '?' ? '[\\s\\S]' : escaped(c))).join('');
  return new RegExp(`^${source}$`, 'u').test(text);
}

const escaped = (character: string) => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
