/** The cells that ran: what an error's trace shows of them, and which of them declares a name. */
import type {SourceMaps} from './compiler';
import {counterpart} from './counterparts';
import {originalPlace, type Place} from './sourceMaps';

export interface Cell {
  source: string;
  /** The JavaScript that ran, the key of its source maps. */
  output?: string;
  /** What stands before it on its first line. */
  prefix: string;
  failed: boolean;
}

/** tslab puts a line before each cell, which makes it a module. */
const LINES_BEFORE = 1;

export class Cells {
  private readonly cells = new Map<number, Cell>();

  constructor(private readonly maps: ReadonlyMap<string, SourceMaps>) {}

  add(count: number, source: string): Cell {
    const cell: Cell = {source, prefix: '', failed: true};
    this.cells.set(count, cell);
    return cell;
  }

  /** A line as the reader wrote it, counted from 1. */
  lineOf(count: number, line: number): string | undefined {
    return this.cells.get(count)?.source.split('\n')[line - 1];
  }

  /** From a place in what ran to the place in the cell, both counted from 0; undefined for what the compiler added. */
  placeIn(count: number, {line, column}: Place): Place | undefined {
    const cell = this.cells.get(count);
    const maps = cell?.output === undefined ? undefined : this.maps.get(cell.output);
    if (!cell || !maps) return undefined;
    const shift = line === 0 ? cell.prefix.length : 0;
    const original = originalPlace(maps, {line, column: Math.max(0, column - shift)});
    return original && {...original, line: original.line - LINES_BEFORE};
  }

  /** What is known of a name that the compiler doesn't find. @param asking the cell that uses it */
  hintFor(name: string, asking: Cell | undefined): string {
    for (const [count, cell] of [...this.cells].reverse()) {
      if (cell !== asking && cell.failed && declares(cell.source, name)) {
        return `Cell [${count}] declares ${name}, but it ended with an error: fix it, and run it again.`;
      }
    }
    const convlab = loadedConvlab();
    if (convlab && name in convlab) return `It is convlab's: import {${name}} from 'convlab';`;
    return counterpart(name) ?? `If another cell declares ${name}, run that cell first.`;
  }
}

function declares(source: string, name: string): boolean {
  const escaped = name.replace(/[$]/g, '\\$&');
  const alone = `(?:const|let|var|function\\*?|class|interface|type|enum|namespace)\\s+${escaped}\\b`;
  const among = `(?:(?:const|let|var)\\s*[{[][^;=]*|import\\s[^;'"]*)\\b${escaped}\\b[^;]*(?:=|\\bfrom\\b)`;
  return new RegExp(`\\b(?:${alone}|${among})`).test(source);
}

function loadedConvlab(): object | undefined {
  for (const [file, module] of Object.entries(require.cache)) {
    if (/[\\/](convlab|lib)[\\/]dist[\\/]index\.js$/.test(file)) return module?.exports as object;
  }
  return undefined;
}
