/** The cells of one notebook: compiled by tslab, run one after the other, their variables kept. */
import path from 'node:path';
import vm from 'node:vm';
import {type CompilerNotes, mendCompiler, waitsAtTop} from './compiler';
import {diagnosticsError} from './diagnostics';
import {type CellError, type Frame, plainError, thrownError} from './errors';
import {misuse} from './misuse';
import {lendModules, NotebookModules} from './modules';
import {OwnFiles} from './ownFiles';
import {originalPlace} from './sourceMaps';
import {type Completion, type Converted, type Converter, loadTslab, modulesFolder, type Tslab} from './tslab';

/** How a cell ended. */
export type Outcome = {error: CellError} | {error?: undefined; value: unknown};

interface Cell {
  source: string;
  /** The JavaScript that ran, the key of its source maps. */
  output?: string;
  /** What stands before it on its first line. */
  prefix: string;
  failed: boolean;
}

/** tslab puts a line before each cell, which makes it a module. */
const LINES_BEFORE = 1;
/** What stands before a cell's code on its first line. */
const PREFIX = {plain: '(function(exports, require) { ', waiting: '(async function(exports, require) { '};

const INTERRUPTED = plainError('Interrupted', 'the cell was stopped');

export class Session {
  readonly tslab: Tslab;
  private readonly converter: Converter;
  private readonly modules: NotebookModules;
  private readonly ownFiles: OwnFiles;
  private readonly notes: CompilerNotes = {maps: new Map(), outside: new Map()};
  private readonly cells = new Map<number, Cell>();
  private readonly variables = exportsObject();
  private declarations = '';
  private interruption = new Interruption();

  constructor(private readonly folder: string) {
    let modules: NotebookModules | undefined;
    let ownFiles: OwnFiles | undefined;
    this.tslab = loadTslab((compiler) => {
      ownFiles = new OwnFiles(compiler, modulesFolder());
      return mendCompiler(compiler, this.notes, folder, (specifier) => modules?.canImport(specifier) ?? false);
    });
    lendModules(this.tslab.typescript, this.tslab.folder, modulesFolder(), folder);
    this.ownFiles = ownFiles!;
    this.modules = modules = new NotebookModules(folder, this.tslab.index);
    this.converter = this.tslab.converter.createConverter({isJS: false, isBrowser: false});
  }

  /**
   * Runs a cell.
   *
   * @param count what it is called in errors: `cell [3]`
   * @returns the value of its last expression, awaited where it is a promise; or its error
   */
  async run(source: string, count: number): Promise<Outcome> {
    const cell: Cell = {source, prefix: '', failed: true};
    this.cells.set(count, cell);
    try {
      return await this.runCell(cell, count);
    } catch (thrown) {
      return {error: this.errorOf(thrown)};
    }
  }

  private async runCell(cell: Cell, count: number): Promise<Outcome> {
    const {source} = cell;
    const wrong = misuse(source);
    if (wrong) return {error: wrong};
    const metadata = this.tslab.metadata.getCodeMetadata(source);
    if (metadata.module) {
      const diagnostics = this.converter.addModule(metadata.module, source, metadata);
      return diagnostics.length > 0 ? {error: this.explain(source, diagnostics)} : {value: undefined};
    }
    const converted = this.convert(source);
    if (converted.diagnostics.length > 0) return {error: this.explain(source, converted.diagnostics)};
    cell.output = converted.output;
    const value = await this.execute(converted, cell, count);
    cell.failed = false;
    this.declarations = converted.declOutput ?? '';
    return {value};
  }

  /** What a promise or a timer threw, when no cell waited for it. */
  errorOf(thrown: unknown): CellError {
    if (thrown === INTERRUPTED || isInterruption(thrown)) return INTERRUPTED;
    return thrownError(thrown, (stack) => this.framesOf(stack));
  }

  /** Gives up the cell that is under way; what it has started goes on. */
  interrupt(): void {
    this.interruption.happen();
  }

  complete(source: string, position: number): Completion {
    return this.converter.complete(this.declarations, source, position);
  }

  inspect(source: string, position: number) {
    return this.converter.inspect(this.declarations, source, position);
  }

  close(): void {
    this.converter.close();
  }

  private convert(source: string): Converted {
    this.ownFiles.look();
    const converted = this.converter.convert(this.declarations, source);
    const files = (converted.sideOutputs ?? []).map(({path: file, data}) => [file, data] as [string, string]);
    this.modules.update([...files, ...this.notes.outside]);
    this.notes.outside.clear();
    return converted;
  }

  private async execute({output, hasToplevelAwait, lastExpressionVar}: Converted, cell: Cell, count: number) {
    if (output === undefined) return undefined;
    const {typescript} = this.tslab;
    await this.modules.prepare(typescript.preProcessFile(cell.source).importedFiles.map(({fileName}) => fileName));
    const waiting = hasToplevelAwait === true || waitsAtTop(typescript, output);
    cell.prefix = waiting ? PREFIX.waiting : PREFIX.plain;
    const script = `${cell.prefix}${output}\n})`;
    const run = vm.runInThisContext(script, {filename: cellName(count)}) as CellFunction;
    const interruption = (this.interruption = new Interruption());
    // A loop that never pauses is stopped by the signal itself.
    runInterruptibly.call = () => run(this.variables, this.modules.require);
    const returned: unknown = vm.runInThisContext('(globalThis[Symbol.for("convlab.cell")])()', {breakOnSigint: true});
    await interruption.race(returned);
    if (lastExpressionVar === undefined) return undefined;
    const value = this.variables[lastExpressionVar];
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a name that the compiler chose
    delete this.variables[lastExpressionVar];
    return interruption.race(value);
  }

  private explain(source: string, diagnostics: Converted['diagnostics']): CellError {
    return diagnosticsError(source, diagnostics, (name) => this.hintFor(name));
  }

  /** What is known of a name that the compiler doesn't find. */
  private hintFor(name: string): string | undefined {
    for (const [count, {source, failed}] of [...this.cells].reverse()) {
      if (failed && declares(source, name)) {
        return `Cell [${count}] declares ${name}, but it ended with an error: mend it, and run it again.`;
      }
    }
    const convlab = loadedConvlab();
    if (convlab && name in convlab) return `It is convlab's: import {${name}} from 'convlab';`;
    return `If another cell declares ${name}, run that cell first.`;
  }

  /** The steps of a stack that lie in the reader's cells and files. */
  private framesOf(stack: string): Frame[] {
    return stack.split('\n').flatMap((line) => {
      const [, inside, file, row, column] =
        /^\s+at (?:(?:async )?(.+?) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(line) ?? [];
      if (file === undefined) return [];
      const place = {line: Number(row) - 1, column: Number(column) - 1};
      const [, count] = /^cell\[(\d+)\]$/.exec(file) ?? [];
      // Functions of earlier cells are called through the object that keeps them.
      const called = inside?.replace(/^(Proxy|Object)\./, '');
      const name = called === undefined || /^(<anonymous>|eval)$/.test(called) ? undefined : called;
      if (count !== undefined) return this.cellFrame(Number(count), place, name);
      return this.fileFrame(file.replace(/^file:\/\//, ''), place, name);
    });
  }

  private cellFrame(count: number, {line, column}: {line: number; column: number}, inside?: string): Frame[] {
    const cell = this.cells.get(count);
    const maps = cell?.output === undefined ? undefined : this.notes.maps.get(cell.output);
    if (!cell || !maps) return [];
    const shift = line === 0 ? cell.prefix.length : 0;
    const original = originalPlace(maps, {line, column: Math.max(0, column - shift)});
    const row = original === undefined ? undefined : original.line - LINES_BEFORE;
    const text = row === undefined ? undefined : cell.source.split('\n')[row];
    if (row === undefined || text === undefined) return [];
    return [{where: `cell [${count}]`, line: row + 1, inside, text}];
  }

  private fileFrame(file: string, place: {line: number; column: number}, inside?: string): Frame[] {
    const code = this.modules.codeOf(file);
    if (code === undefined) return [];
    const maps = this.notes.maps.get(code);
    const original = maps && originalPlace(maps, place);
    const where = path.relative(this.folder, file).replace(/\.js$/, '.ts');
    return [{where, line: (original ?? place).line + 1, inside}];
  }
}

type CellFunction = (exports: object, require: NodeJS.Require) => unknown;

const cellName = (count: number) => `cell[${count}]`;

/** Where the script that `breakOnSigint` watches over finds the cell's function. */
const runInterruptibly = {
  set call(f: () => unknown) {
    (globalThis as Record<symbol, unknown>)[Symbol.for('convlab.cell')] = f;
  },
};

/** A race of a cell against the stop button. */
class Interruption {
  private reject: (reason: unknown) => void = () => undefined;
  private readonly promise = new Promise<never>((_, reject) => {
    this.reject = reject;
  });

  constructor() {
    this.promise.catch(() => undefined);
  }

  happen(): void {
    this.reject(INTERRUPTED);
  }

  async race(value: unknown): Promise<unknown> {
    return Promise.race([value, this.promise]);
  }
}

function isInterruption(thrown: unknown): boolean {
  return (thrown as NodeJS.ErrnoException | undefined)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}

/** The object that cells export their variables to. Imported names are set, not bound, so that later cells may assign. */
function exportsObject(): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  return new Proxy(variables, {
    defineProperty: (_, name, property) => {
      if (name !== '__esModule')
        variables[name as string] = property.get ? property.get() : (property.value as unknown);
      return true;
    },
  });
}

function declares(source: string, name: string): boolean {
  const escaped = name.replace(/[$]/g, '\\$&');
  return new RegExp(`\\b(?:const|let|var|function|class|interface|type|enum|import)\\b[^;=]*\\b${escaped}\\b`).test(
    source,
  );
}

function loadedConvlab(): object | undefined {
  for (const [file, module] of Object.entries(require.cache)) {
    if (/[\\/](convlab|lib)[\\/]dist[\\/]index\.js$/.test(file)) return module?.exports as object;
  }
  return undefined;
}
