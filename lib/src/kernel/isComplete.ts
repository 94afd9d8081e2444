/** Whether a console should run what was typed, or wait for more. */
import {asExpression} from './objectLiteral';
import type {Tslab} from './tslab';

/** The content of Jupyter's is_complete_reply. */
export type Completeness = {status: 'complete' | 'invalid'} | {status: 'incomplete'; indent: string};

export function isComplete({converter, typescript}: Tslab, typed: string): Completeness {
  const code = asExpression(typescript, typed);
  const {completed, indent = ''} = converter.isCompleteCode(code);
  if (!completed) return {status: 'incomplete', indent};
  const {ScriptTarget} = typescript;
  const file = typescript.createSourceFile('cell.ts', code, ScriptTarget.Latest) as {parseDiagnostics?: unknown[]};
  return {status: (file.parseDiagnostics ?? []).length > 0 ? 'invalid' : 'complete'};
}
