/** The cells of one notebook: compiled by tslab, run one after the other, their variables kept. */
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import {type Cell, Cells} from './cells';
import {type CompilerState, patchCompiler, setsImports, waitsAtTop} from './compiler';
import {diagnosticsError} from './diagnostics';
import {type CellError, thrownError} from './errors';
import {Interruption, interruptionOf} from './interruption';
import {lendModules, NotebookModules} from './modules';
import {asExpression} from './objectLiteral';
import {OwnFiles} from './ownFiles';
import {scriptName, Traces} from './trace';
import {type Completion, type Converted, type Converter, loadTslab, modulesFolder, type Tslab} from './tslab';

/** How a cell ended. */
export type Outcome = {error: CellError} | {error?: undefined; value: unknown};

/** What stands before a cell's code on its first line. */
const PREFIX = {plain: '(function(exports, require) { ', waiting: '(async function(exports, require) { '};

export class Session {
  readonly tslab: Tslab;
  private readonly converter: Converter;
  private readonly modules: NotebookModules;
  private readonly ownFiles: OwnFiles;
  private readonly compiled: CompilerState = {maps: new Map(), outside: new Map(), notes: []};
  private readonly cells = new Cells(this.compiled.maps);
  private readonly traces: Traces;
  /** What cells export: a plain object, as a loop at the top of a cell reads and writes it in every turn. */
  private readonly variables: Record<string, unknown> = {};
  private declarations = '';
  private interruption = new Interruption();

  constructor(private readonly folder: string) {
    let modules: NotebookModules | undefined;
    let ownFiles: OwnFiles | undefined;
    this.tslab = loadTslab((compiler) => {
      ownFiles = new OwnFiles(compiler, modulesFolder());
      return patchCompiler(compiler, this.compiled, folder, (specifier) => modules?.canImport(specifier) ?? false);
    });
    lendModules(this.tslab.typescript, this.tslab.folder, modulesFolder(), folder);
    this.ownFiles = ownFiles!;
    this.modules = modules = new NotebookModules(folder, this.tslab.index);
    const codeOf = (file: string) => this.modules.codeOf(file);
    this.traces = new Traces({cells: this.cells, maps: this.compiled.maps, folder, codeOf, linesOf});
    this.traces.install();
    this.converter = this.tslab.converter.createConverter({isJS: false, isBrowser: false});
  }

  /**
   * Runs a cell.
   *
   * @param count what it is called in errors: `cell [3]`
   * @returns the value of its last expression, awaited where it is a promise; or its error
   */
  async run(source: string, count: number): Promise<Outcome> {
    const cell = this.cells.add(count, source);
    this.interruption = new Interruption();
    try {
      return await this.runCell(cell, count);
    } catch (thrown) {
      return {error: this.errorOf(thrown)};
    }
  }

  private async runCell(cell: Cell, count: number): Promise<Outcome> {
    const {source} = cell;
    const metadata = this.tslab.metadata.getCodeMetadata(source);
    if (metadata.module) {
      const diagnostics = this.converter.addModule(metadata.module, source, metadata);
      return diagnostics.length > 0 ? {error: this.explain(source, diagnostics, cell)} : {value: undefined};
    }
    const expression = asExpression(this.tslab.typescript, source);
    let converted = this.convert(expression);
    // The places of what is wrong are those of the cell as it was written.
    if (converted.diagnostics.length > 0 && expression !== source) converted = this.convert(source);
    if (converted.diagnostics.length > 0) return {error: this.explain(source, converted.diagnostics, cell)};
    if (this.compiled.notes.length > 0) process.stderr.write(this.compiled.notes.join(''));
    cell.output = converted.output;
    const value = await this.execute(converted, cell, count);
    cell.failed = false;
    this.declarations = converted.declOutput ?? '';
    return {value};
  }

  /** The value of an expression of a front end's, which leaves no trace among the cells. */
  async evaluate(expression: string): Promise<Outcome> {
    this.interruption = new Interruption();
    try {
      const converted = this.convert(expression);
      if (converted.diagnostics.length > 0) return {error: this.explain(expression, converted.diagnostics)};
      return {value: await this.execute(converted, {source: expression, prefix: '', failed: false}, 0)};
    } catch (thrown) {
      return {error: this.errorOf(thrown)};
    }
  }

  /** What a promise or a timer threw, when no cell waited for it. */
  errorOf(thrown: unknown): CellError {
    return interruptionOf(thrown) ?? thrownError(thrown, (stack) => this.traces.framesOf(stack));
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
    this.modules.update([...files, ...this.compiled.outside]);
    this.compiled.outside.clear();
    return converted;
  }

  private async execute({output, hasToplevelAwait, lastExpressionVar}: Converted, cell: Cell, count: number) {
    if (output === undefined) return undefined;
    const {typescript} = this.tslab;
    await this.modules.prepare(typescript.preProcessFile(cell.source).importedFiles.map(({fileName}) => fileName));
    const waiting = hasToplevelAwait === true || waitsAtTop(typescript, output);
    cell.prefix = waiting ? PREFIX.waiting : PREFIX.plain;
    const script = `${cell.prefix}${setsImports(output)}\n})`;
    const run = vm.runInThisContext(script, {filename: scriptName(count)}) as CellFunction;
    const {interruption} = this;
    await interruption.before();
    // A loop that never pauses is stopped by the signal itself.
    runInterruptibly.call = () => run(this.variables, this.modules.require);
    const returned: unknown = vm.runInThisContext('(globalThis[Symbol.for("convlab.cell")])()', {breakOnSigint: true});
    await interruption.race(returned);
    if (lastExpressionVar === undefined) return undefined;
    const value = this.variables[lastExpressionVar];
    // A function without a name has got the variable's.
    if (typeof value === 'function' && value.name === lastExpressionVar)
      Object.defineProperty(value, 'name', {value: ''});
    // Not deleted: an object that has lost a property is ten times slower.
    this.variables[lastExpressionVar] = undefined;
    return interruption.race(value);
  }

  private explain(source: string, diagnostics: Converted['diagnostics'], cell?: Cell): CellError {
    return diagnosticsError(source, diagnostics, {
      hint: (name) => this.cells.hintFor(name, cell),
      linesOf: (file) => linesOf(path.resolve(this.folder, file)),
    });
  }
}

/** A file's lines as they are now; undefined where it has gone. */
function linesOf(file: string): string[] | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : undefined;
}

type CellFunction = (exports: object, require: NodeJS.Require) => unknown;

/** Where the script that `breakOnSigint` watches over finds the cell's function. */
const runInterruptibly = {
  set call(f: () => unknown) {
    (globalThis as Record<symbol, unknown>)[Symbol.for('convlab.cell')] = f;
  },
};
