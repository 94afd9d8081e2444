/** What `import` and `require` find in a cell: packages, the reader's own files, and packages that are ES modules alone. */
import fs from 'node:fs';
import Module, {createRequire} from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import type {TypeScript} from './tslab';

interface Internals {
  _initPaths(): void;
  _nodeModulePaths(from: string): string[];
}
type CompiledModule = Module & {_compile(code: string, file: string): void};

/** In a folder without convlab, what is missing there is looked for where the kernel lies. */
export function lendModules(compiler: TypeScript, tslab: string, modules: string, folder: string): void {
  try {
    // By the folder's own require: this file's would find the package that it lies in, wherever it is asked to look.
    createRequire(path.join(folder, 'cell.js')).resolve('convlab');
    return;
  } catch {
    // The notebook lies outside the project.
  }
  process.env.NODE_PATH = [modules, process.env.NODE_PATH].filter(Boolean).join(path.delimiter);
  (Module as typeof Module & Internals)._initPaths();
  const local = path.join(folder, 'node_modules');
  const ownTypes = path.join(tslab, 'node_modules', '@types');
  const lend = (file: string) => {
    if (fs.existsSync(file)) return file;
    if (file.startsWith(ownTypes)) return path.join(modules, '@types', file.slice(ownTypes.length));
    return file.startsWith(local) ? path.join(modules, file.slice(local.length)) : file;
  };
  const sys = compiler.sys as typeof compiler.sys & Record<string, (file: string, ...rest: unknown[]) => unknown>;
  for (const name of ['fileExists', 'directoryExists', 'readFile', 'readDirectory', 'getDirectories', 'realpath']) {
    const original = sys[name]!;
    sys[name] = (file, ...rest) => original.call(sys, lend(file), ...rest);
  }
}

/** The modules of one notebook. */
export class NotebookModules {
  /** The reader's own files as CommonJS, by their path as .js. */
  private readonly own = new Map<string, string>();
  private readonly loaded = new Map<string, Module>();
  /** Packages that are ES modules alone: `require` can't load them, `import()` has. */
  private readonly imported = new Map<string, unknown>();
  private readonly base: NodeJS.Require;
  readonly require: NodeJS.Require;

  constructor(
    private readonly folder: string,
    /** What `tslab` means in a cell. */
    private readonly tslab: unknown,
  ) {
    this.base = createRequire(path.join(folder, 'cell.js'));
    this.require = this.hooked(this.base, folder);
  }

  /** Takes over the newest state of the reader's files; what imported them before keeps what it has. */
  update(files: Iterable<[file: string, code: string]>): void {
    for (const [file, code] of files) {
      this.own.set(file, code);
      // A file that changed is run again, and so is what imports it: nobody knows who does.
      this.loaded.clear();
    }
  }

  /** The code of one of the reader's own files, for its source map. */
  codeOf(file: string): string | undefined {
    return this.own.get(file);
  }

  /** Whether Node finds a package, as an ES module at least. */
  canImport(specifier: string): boolean {
    if (isPath(specifier)) return false;
    try {
      this.base.resolve(specifier);
      return true;
    } catch (error) {
      // It is there, but says that only `import` may have it.
      return (error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
    }
  }

  /** Imports those of a cell's packages that `require` can't load. */
  async prepare(specifiers: readonly string[]): Promise<void> {
    for (const specifier of specifiers) {
      if (isPath(specifier) || specifier === 'tslab' || this.imported.has(specifier)) continue;
      if (!this.isModuleAlone(specifier)) continue;
      const load = vm.runInThisContext('(specifier) => import(specifier)', {
        filename: path.join(this.folder, 'cell.js'),
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      }) as (specifier: string) => Promise<unknown>;
      const namespace = (await load(specifier)) as object;
      // The mark by which compiled imports know that `default` is one export among others.
      this.imported.set(specifier, Object.defineProperty({...namespace}, '__esModule', {value: true}));
    }
  }

  private isModuleAlone(specifier: string): boolean {
    try {
      const file = this.base.resolve(specifier);
      if (file.endsWith('.mjs')) return true;
      if (!path.isAbsolute(file) || !file.endsWith('.js')) return false;
      return manifestOf(file)?.type === 'module';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
    }
  }

  private hooked(original: NodeJS.Require, folder: string): NodeJS.Require {
    return new Proxy(original, {
      apply: (target, self, [specifier, ...rest]: [string, ...unknown[]]) => {
        if (specifier === 'tslab') return this.tslab;
        if (this.imported.has(specifier)) return this.imported.get(specifier);
        if (isPath(specifier)) {
          const own = this.requireOwn(path.resolve(folder, specifier));
          if (own) return own.exports as unknown;
        }
        return Reflect.apply(target, self, [specifier, ...rest]) as unknown;
      },
    });
  }

  private requireOwn(wanted: string): Module | undefined {
    const file = [wanted, `${wanted}.js`, wanted.replace(/\.tsx?$/, '.js'), path.join(wanted, 'index.js')].find(
      (each) => this.own.has(each),
    );
    if (file === undefined) return undefined;
    const known = this.loaded.get(file);
    if (known) return known;
    const made = new Module(file) as CompiledModule;
    made.filename = file;
    made.paths = (Module as typeof Module & Internals)._nodeModulePaths(path.dirname(file));
    made.require = this.hooked(createRequire(file), path.dirname(file));
    // Before it runs: a circle of imports ends here.
    this.loaded.set(file, made);
    try {
      made._compile(this.own.get(file)!, file);
    } catch (error) {
      this.loaded.delete(file);
      throw error;
    }
    return made;
  }
}

function isPath(specifier: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$|node:)/.test(specifier);
}

function manifestOf(file: string): {type?: string} | undefined {
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, 'utf8')) as {type?: string};
  }
  return undefined;
}
