/** `{a: 1}` as a whole cell: to JavaScript a block with a label in it, to whoever types it an object. Node's console, too, asks so. */
import type {TypeScript} from './tslab';

/** The cell as an expression, where it can be one; else as it is. */
export function asExpression({createSourceFile, ScriptTarget}: TypeScript, source: string): string {
  if (!/^\s*\{[\s\S]*\}\s*$/.test(source)) return source;
  const expression = `(${source.trimEnd()})`;
  const {parseDiagnostics = []} = createSourceFile('cell.ts', expression, ScriptTarget.Latest) as {
    parseDiagnostics?: unknown[];
  };
  return parseDiagnostics.length > 0 ? source : expression;
}
