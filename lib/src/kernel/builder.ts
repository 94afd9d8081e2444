/**
 * What the compiler makes of each cell's program. Its own builder looks up, cell after cell, what each of the thousand
 * files below convlab's types imports, so that it could say which of them have to be compiled again: two thirds of the
 * time of a small cell. tslab asks for one file's imports alone.
 */
import type typescript from '@tslab/typescript-for-tslab';
import type {TypeScript} from './tslab';

/** A file with what the compiler has found in it. */
type SourceFile = typescript.SourceFile & {imports?: readonly typescript.StringLiteralLike[]; original?: unknown};

/** The compiler's own step from a tree of syntax to one that knows its names; it does nothing the second time. */
type Binder = TypeScript & {bindSourceFile(file: typescript.SourceFile, options: typescript.CompilerOptions): void};

/** @returns what `createWatchCompilerHost` takes as `createProgram` */
export function quickBuilder(compiler: TypeScript): typescript.CreateProgram<typescript.BuilderProgram> {
  return (...values) => {
    const builder = compiler.createAbstractBuilder(...values);
    // tslab reads a cell's names off its tree at once. Binding every file, as the builder did, would come twice a cell.
    for (const root of builder.getProgram().getRootFileNames()) {
      const file: SourceFile | undefined = builder.getSourceFile(root);
      if (file === undefined) continue;
      // A file with `await (` at its top is parsed a second time. The first tree, which has no path, would be asked where the
      // types of the cell's variables come from, and the cell would fail: "Paths must either both be absolute …".
      file.original = undefined;
      (compiler as Binder).bindSourceFile(file, builder.getCompilerOptions());
    }
    builder.getAllDependencies = (file) => dependencies(compiler, builder.getProgram(), file);
    return builder;
  };
}

/** A file and what it imports, directly and through others. Packages are looked at no further. */
function dependencies(compiler: TypeScript, program: typescript.Program, start: typescript.SourceFile): string[] {
  const checker = program.getTypeChecker();
  const found = new Set<SourceFile>();
  const visit = (file: SourceFile | undefined): void => {
    if (file === undefined || found.has(file)) return;
    found.add(file);
    if (program.isSourceFileDefaultLibrary(file) || program.isSourceFileFromExternalLibrary(file)) return;
    for (const specifier of file.imports ?? []) {
      for (const declaration of checker.getSymbolAtLocation(specifier)?.declarations ?? []) {
        visit(declaration.getSourceFile());
      }
    }
    for (const {fileName} of file.referencedFiles) visit(program.getSourceFile(beside(file.fileName, fileName)));
  };
  visit(start);
  return [...found].map(({fileName}) => fileName);

  function beside(file: string, reference: string): string {
    return compiler.sys.resolvePath(`${file.slice(0, file.lastIndexOf('/') + 1)}${reference}`);
  }
}
