/**
 * tslab 1.0.22, the engine below this kernel: it turns cells into JavaScript, and completes and explains code. The one
 * place that knows its files; another version of it is refused.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- loaded when the kernel starts, from where tslab lies */
import path from 'node:path';
import type typescript from '@tslab/typescript-for-tslab';

export type TypeScript = typeof typescript;

/** Functions that stand in for the compiler's own; tslab's copy has one more than its types say. */
export type Replacements = Partial<Record<keyof TypeScript | 'getPreEmitDiagnosticsOfFiles', unknown>>;

const VERSION = '1.0.22';

/** A place in a cell: line and character count from 0. */
export interface Position {
  offset: number;
  line: number;
  character: number;
}

/** What the compiler has against a cell. */
export interface Diagnostic {
  start: Position;
  end: Position;
  messageText: string;
  category: number;
  code: number;
  /** Another file than the cell, as seen from the notebook's folder. */
  fileName?: string;
}

/** A cell as JavaScript. */
export interface Converted {
  diagnostics: Diagnostic[];
  /** CommonJS that reads earlier cells' variables from `exports`; left out when the cell does nothing. */
  output?: string;
  /** What the next cell must know of this one and those before. */
  declOutput?: string;
  hasToplevelAwait?: boolean;
  /** The reader's own files that the cell imports, as JavaScript. */
  sideOutputs?: {path: string; data: string}[];
  /** The export that holds the value of the last expression. */
  lastExpressionVar?: string;
}

/** What can stand at the cursor. */
export interface Completion {
  start: number;
  end: number;
  candidates: string[];
  original?: {entries: {name: string; kind: string; sortText: string}[]};
}

/** tslab's compiler for one notebook. */
export interface Converter {
  convert(declarations: string, source: string): Converted;
  inspect(declarations: string, source: string, position: number): typescript.QuickInfo | undefined;
  complete(declarations: string, source: string, position: number): Completion;
  addModule(name: string, source: string, metadata: CellMetadata): Diagnostic[];
  close(): void;
}

/** What a cell's doc comment asks for, such as `@module`. */
export interface CellMetadata {
  module?: string;
  mode?: string;
  jsx?: boolean;
}

interface ConverterModule {
  createConverter(options: {isJS: boolean; isBrowser: boolean}): Converter;
  isCompleteCode(source: string): {completed: boolean; indent?: string};
}

interface DisplayModule {
  /** How `import {display} from 'tslab'` writes. */
  lastWriteDisplayData: ((data: DisplayData, update: boolean) => void) | null;
}

export interface DisplayData {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  transient: {display_id?: string};
}

export interface Tslab {
  folder: string;
  typescript: TypeScript;
  converter: ConverterModule;
  jupyter: DisplayModule;
  metadata: {getCodeMetadata(source: string): CellMetadata};
  /** What `require('tslab')` gives in a cell. */
  index: unknown;
}

/**
 * Loads tslab.
 *
 * @param patch is given the compiler before tslab sees it, and returns the functions to put in their places
 * @throws Error when it is another version
 */
export function loadTslab(patch: (compiler: TypeScript) => Replacements): Tslab {
  const manifest = require.resolve('tslab/package.json');
  const folder = path.dirname(manifest);
  const {version} = require(manifest) as {version: string};
  if (version !== VERSION) {
    throw new Error(`the kernel is made for tslab ${VERSION}, and this is ${version}; run the set-up again`);
  }
  const compiler = require.resolve('@tslab/typescript-for-tslab', {paths: [folder]});
  const original = require(compiler) as TypeScript;
  // Its exports can't be assigned to. A copy stands in for them, for tslab alone.
  const typescript = Object.assign({...original}, patch(original));
  require.cache[compiler]!.exports = typescript;
  const load = (name: string) => require(path.join(folder, 'dist', name)) as unknown;
  return {
    folder,
    typescript,
    converter: load('converter.js') as ConverterModule,
    jupyter: load('jupyter.js') as DisplayModule,
    metadata: load('metadata.js') as Tslab['metadata'],
    index: require(folder),
  };
}

/** The node_modules that hold tslab and convlab. */
export function modulesFolder(): string {
  return path.dirname(path.dirname(require.resolve('tslab/package.json')));
}
