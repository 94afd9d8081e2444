/**
 * The stacks of errors, as the reader's own lines: `at divide (cell [3]:2:9)`. So they stand in Jupyter's error output and
 * where a cell prints an error that it has caught; what lies below the cell, this kernel and Node's way into it, is left out.
 */
import path from 'node:path';
import type {Cells} from './cells';
import type {SourceMaps} from './compiler';
import type {Frame} from './errors';
import {originalPlace} from './sourceMaps';

/** How a cell is called in stacks of V8's. */
export const scriptName = (count: number) => `cell[${count}]`;

/** A step of V8's that lies in a cell, or in any file. */
const IN_CELL = /cell\[(\d+)\]:(\d+):(\d+)/;
const IN_FILE = /(?:file:\/\/)?(\/[^()]+):(\d+):(\d+)/;
const STEPS_KEPT = 60;
/** Node's way into a cell. */
const INSIDES = /evalmachine\.<anonymous>|node:vm:|node:internal/;
/** The same after this file's work: what it writes, it reads again. */
const STEP = /^\s+at (?:(?:async )?(?:new )?(.+?) \()?(?:async )?(cell \[(\d+)\]|.+?):(\d+):(\d+)\)?$/;

/** What the reader's cells and files are made of. */
interface Sources {
  cells: Cells;
  maps: ReadonlyMap<string, SourceMaps>;
  folder: string;
  /** The code of one of the reader's own files that were compiled. */
  codeOf: (file: string) => string | undefined;
  linesOf: (file: string) => string[] | undefined;
}

export class Traces {
  constructor(private readonly sources: Sources) {}

  /** Errors write their stacks so from now on. */
  install(): void {
    // The reader's line lies below a library's: TensorFlow.js alone has more steps than V8 keeps.
    Error.stackTraceLimit = STEPS_KEPT;
    Error.prepareStackTrace = (error, sites) => {
      // eslint-disable-next-line @typescript-eslint/no-base-to-string -- V8's own form of a step
      const steps = sites.map((site) => `    at ${site.toString()}`).filter((step) => !INSIDES.test(step));
      const readable = steps.flatMap((step) => (step.includes(__dirname) ? [] : (this.translated(step) ?? [])));
      return [heading(error), ...readable].join('\n');
    };
  }

  /** The steps of a stack that lie in the reader's cells and files. */
  framesOf(stack: string): Frame[] {
    return stack.split('\n').flatMap((line): Frame[] => {
      const [, called, where, count, row] = STEP.exec(line) ?? [];
      if (where === undefined || row === undefined) return [];
      // Functions of earlier cells are called through the object that keeps them.
      const name = called?.replace(/^(Proxy|Object)\./, '');
      const inside = name === undefined || /^(<anonymous>|eval|Array\.\w+)$/.test(name) ? undefined : name;
      if (count !== undefined) {
        const text = this.sources.cells.lineOf(Number(count), Number(row));
        return [{where, line: Number(row), inside, text}];
      }
      const file = path.resolve(this.sources.folder, where);
      if (this.sources.codeOf(file.replace(/\.ts$/, '.js')) === undefined) return [];
      const text = this.sources.linesOf(file)?.[Number(row) - 1];
      return [{where: path.relative(this.sources.folder, file), line: Number(row), inside, text}];
    });
  }

  /** A step with the place as the reader knows it; undefined for what the compiler added. */
  private translated(step: string): string | undefined {
    const cell = IN_CELL.exec(step);
    if (cell) {
      const [text, count, row, column] = cell;
      const place = this.sources.cells.placeIn(Number(count), {line: Number(row) - 1, column: Number(column) - 1});
      return place && step.replace(text, `cell [${count!}]:${place.line + 1}:${place.column + 1}`);
    }
    const file = IN_FILE.exec(step);
    if (!file) return step;
    const [text, name, row, column] = file;
    const code = this.sources.codeOf(name!);
    const maps = code === undefined ? undefined : this.sources.maps.get(code);
    const place = maps && originalPlace(maps, {line: Number(row) - 1, column: Number(column) - 1});
    if (!place) return step;
    return step.replace(text, `${name!.replace(/\.js$/, '.ts')}:${place.line + 1}:${place.column + 1}`);
  }
}

function heading(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
