/**
 * What tslab 1.0.22 makes of cells, fixed where it fails. Each function below stands in for one of TypeScript's that
 * tslab calls, and says which fault it fixes.
 */
import path from 'node:path';
import type typescript from '@tslab/typescript-for-tslab';
import {quickBuilder} from './builder';
import {visitorOfEarlierNames} from './earlierNames';
import {SLIP, slipsIn} from './slips';
import type {Replacements, TypeScript} from './tslab';

/** A source map as the compiler writes it. */
export interface SourceMapText {
  version: number;
  sources: string[];
  names: string[];
  mappings: string;
  file?: string;
}

/** From JavaScript that runs to JavaScript with `import`, and on to TypeScript. */
export type SourceMaps = [outer: SourceMapText, inner: SourceMapText | undefined];

/** What the compiler said beside what tslab asked it for. */
export interface CompilerState {
  /** By the text of a file that was compiled. */
  maps: Map<string, SourceMaps>;
  /** Files outside the notebook's folder, as CommonJS, by their path as .js. */
  outside: Map<string, string>;
  /** What the newest cell is told although it runs. */
  notes: string[];
}

/** "for await" at the top, in the words of the compiler's several versions of it. */
const TOP_LEVEL_AWAIT = new Set([1103, 1431, 1432]);
/** Cannot find module … or its type declarations. */
const MODULE_NOT_FOUND = 2307;
/** Errors of grammar have lower codes. */
const FIRST_OF_MEANING = 2000;
/** What tslab puts before a cell. */
const LINES_BEFORE = 1;
const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;

/**
 * @param folder the notebook's
 * @param canImport whether Node finds a package that the compiler doesn't, as those that are ES modules alone
 */
export function patchCompiler(
  compiler: TypeScript,
  state: CompilerState,
  folder: string,
  canImport: (specifier: string) => boolean,
): Replacements {
  const original = compiler as TypeScript & {
    getPreEmitDiagnosticsOfFiles(
      program: typescript.Program,
      files: typescript.SourceFile[],
    ): readonly typescript.Diagnostic[];
  };

  /**
   * Errors in a cell named lines of JavaScript that the reader never saw: source maps lead back. And a notebook could
   * import no .ts file from a folder above its own (yunabe/tslab#88): the root is now that of the file system. The types of
   * every package below @types were read at the start, whether a cell imports it or not; now those of Node alone, which are
   * there without an import.
   */
  const createWatchCompilerHost = (...values: unknown[]) => {
    const [rootFiles, options, sys, , ...rest] = values as [
      string[],
      typescript.CompilerOptions,
      Timers,
      unknown,
      ...unknown[],
    ];
    runLookupsAtOnce(sys);
    const create = compiler.createWatchCompilerHost as (...all: unknown[]) => {afterProgramCreate?: unknown};
    const patched = {...options, types: ['node'], inlineSourceMap: true, rootDir: path.parse(folder).root};
    const host = create(rootFiles, patched, sys, quickBuilder(compiler), ...rest);
    let created: ((builder: Emitter) => void) | undefined;
    Object.defineProperty(host, 'afterProgramCreate', {
      set: (listener: typeof created) => {
        created = listener;
      },
      get: () => (builder: Emitter) => {
        created?.(redirected(builder));
      },
    });
    return host;
  };

  /** Gives tslab the paths that it expects, and keeps the files above the notebook's folder, which it refuses. */
  const redirected = (builder: Emitter): Emitter => {
    const emit = builder.emit.bind(builder);
    builder.emit = (file, write, ...rest) =>
      emit(
        file,
        (name, text) => {
          const source = path.join(path.parse(folder).root, path.relative('outDir', name));
          const relative = path.relative(folder, source);
          if (!relative.startsWith('..')) write(path.posix.join('outDir', relative), text);
          else if (name.endsWith('.js')) state.outside.set(source, toCommonJs(text));
        },
        ...rest,
      );
    return builder;
  };

  const toCommonJs = (text: string) =>
    transpileModule(text, {
      fileName: 'custom.js',
      compilerOptions: {
        module: compiler.ModuleKind.CommonJS,
        esModuleInterop: true,
        target: compiler.ScriptTarget.ES2022,
        noImplicitUseStrict: true,
      },
    }).outputText;

  /** Keeps the source maps of both steps; tslab asks for the text alone. */
  const transpileModule: TypeScript['transpileModule'] = (input, options) => {
    const [, inline] = INLINE_MAP.exec(input) ?? [];
    const plain = input.replace(INLINE_MAP, '');
    const result = compiler.transpileModule(plain, {
      ...options,
      compilerOptions: {...options.compilerOptions, sourceMap: true},
    });
    const outputText = result.outputText.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n');
    const inner = inline ? (JSON.parse(Buffer.from(inline, 'base64').toString()) as SourceMapText) : undefined;
    if (result.sourceMapText) {
      state.maps.set(outputText, [JSON.parse(result.sourceMapText) as SourceMapText, inner]);
    }
    return {...result, outputText};
  };

  /** `for await` at the top of a cell, and packages that are ES modules alone (yunabe/tslab#72), are no errors. */
  const isError = ({code, file, start, length}: typescript.Diagnostic) => {
    if (TOP_LEVEL_AWAIT.has(code)) return false;
    if (code !== MODULE_NOT_FOUND || file === undefined || start === undefined) return true;
    return !canImport(file.text.slice(start, start + (length ?? 0)).replace(/^['"]|['"]$/g, ''));
  };

  /** The compiler's errors, and in their place what a reader of Python's or R's should be told of a tensor's ways. */
  const getPreEmitDiagnosticsOfFiles = (program: typescript.Program, files: typescript.SourceFile[]) => {
    const [cell] = files;
    const slips = cell ? slipsIn(compiler, program, cell) : [];
    const lineOf = (node: typescript.Node) => cell!.getLineAndCharacterOfPosition(node.getStart(cell)).line;
    state.notes = slips
      .filter(({note}) => note)
      .map(({node, message}) => `Line ${lineOf(node) + 1 - LINES_BEFORE}: ${message}.\n`);
    const errors = slips
      .filter(({note}) => !note)
      .map(({node, message}) => ({
        file: cell,
        start: node.getStart(cell),
        length: node.getWidth(cell),
        messageText: message,
        category: compiler.DiagnosticCategory.Error,
        code: SLIP,
      }));
    const within = ({file, start = 0, code}: typescript.Diagnostic) =>
      code >= FIRST_OF_MEANING &&
      errors.some((slip) => file === cell && start >= slip.start && start < slip.start + slip.length);
    const found = original.getPreEmitDiagnosticsOfFiles(program, files);
    return [...found.filter((each) => isError(each) && !within(each)), ...errors];
  };

  return {
    createWatchCompilerHost,
    transpileModule,
    visitEachChild: visitorOfEarlierNames(compiler),
    getPreEmitDiagnosticsOfFiles,
  };
}

/** How the compiler marks a module, which the variables of all cells aren't: what watches a training looks through them. */
const MARK = /^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);$/m;
/** How it exports one imported name, and all of a package, of which later cells are told no name. */
const BOUND =
  /^Object\.defineProperty\(exports, ("[^"]+"), \{ enumerable: true, get: function \(\) \{ return (.+); \} \}\);$/gm;
const BOUND_ALL = /^__exportStar\((.+), exports\);$/gm;

/**
 * A cell that sets the names that it imports, where the compiler binds them by getters, which a later cell that declares
 * them anew could not overwrite. No line moves, as source maps tell of lines.
 *
 * @param code the cell as CommonJS
 */
export function setsImports(code: string): string {
  return code.replace(MARK, '').replace(BOUND, 'exports[$1] = $2;').replace(BOUND_ALL, '$1;');
}

interface Timers {
  setTimeout(callback: () => void, ms: number): unknown;
}

/**
 * tslab knows one timer of the compiler's, that of the next build. The one that looks again for files which weren't there
 * doesn't fit beside it.
 */
function runLookupsAtOnce(sys: Timers): void {
  const later = sys.setTimeout.bind(sys);
  sys.setTimeout = (callback, ms) => {
    if (callback.name !== 'invalidateResolutionsOfFailedLookup') return later(callback, ms);
    callback();
    return undefined;
  };
}

interface Emitter {
  emit(file: unknown, write: (name: string, text: string) => void, ...rest: unknown[]): unknown;
}

/**
 * Whether a cell waits at its top. tslab overlooks `await (…)` and `for await`.
 *
 * @param code the cell as JavaScript
 */
export function waitsAtTop(compiler: TypeScript, code: string): boolean {
  if (!code.includes('await')) return false;
  const file = compiler.createSourceFile('cell.js', `async () => {${code}\n}`, compiler.ScriptTarget.ES2022, true);
  const waits = (node: typescript.Node): boolean => {
    if (compiler.isAwaitExpression(node)) return true;
    if (compiler.isForOfStatement(node) && node.awaitModifier) return true;
    if (compiler.isFunctionLike(node)) return false;
    return compiler.forEachChild(node, waits) ?? false;
  };
  const [statement] = file.statements;
  const outer = statement && compiler.isExpressionStatement(statement) ? statement.expression : undefined;
  return outer !== undefined && compiler.isArrowFunction(outer) && waits(outer.body);
}
