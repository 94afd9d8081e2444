/** What Shift and Tab show: the type of what the cursor is on, and its documentation as Markdown. */
import type typescript from '@tslab/typescript-for-tslab';
import {unitsBefore} from './completion';
import type {Session} from './session';

/** The content of Jupyter's inspect_reply. */
export interface Inspection {
  found: boolean;
  data: Record<string, string>;
  metadata: Record<string, unknown>;
}

export function describeSymbol(session: Session, code: string, cursor: number): Inspection {
  const position = unitsBefore(code, cursor);
  for (const place of [position, ...calledFunction(code, position)]) {
    const info = session.inspect(code, place);
    if (info) return {found: true, data: {'text/markdown': markdown(info), 'text/plain': plain(info)}, metadata: {}};
  }
  return {found: false, data: {}, metadata: {}};
}

/** Inside the brackets of a call, it is the function that the reader wants to know of. */
function calledFunction(code: string, position: number): number[] {
  let depth = 0;
  for (let i = position - 1; i >= 0; i--) {
    if (')]}'.includes(code[i]!)) depth++;
    else if ('([{'.includes(code[i]!)) depth--;
    if (depth < 0 && code[i] === '(') return i > 0 ? [i - 1] : [];
    // An object or a list among the arguments: the call lies further out.
    if (depth < 0) depth = 0;
  }
  return [];
}

const joined = (parts: readonly typescript.SymbolDisplayPart[] | undefined) =>
  (parts ?? []).map(({text}) => text).join('');

function markdown({displayParts, documentation, tags}: typescript.QuickInfo): string {
  const lines = ['```typescript', joined(displayParts), '```', '', joined(documentation)];
  for (const {name, text} of tags ?? []) {
    const words = joined(text);
    if (name === 'param') {
      const [, parameter, rest] = /^(\S+)\s*(?:-\s*)?([\s\S]*)$/.exec(words) ?? [];
      lines.push('', `- \`${parameter ?? ''}\`: ${rest ?? ''}`);
    } else if (name === 'example')
      lines.push('', '*Example*', '', words.includes('```') ? words : `\`\`\`typescript\n${words}\n\`\`\``);
    else lines.push('', `*${name}* ${words}`);
  }
  return lines.join('\n');
}

function plain({displayParts, documentation, tags}: typescript.QuickInfo): string {
  const told = (tags ?? []).map(({name, text}) => `@${name} ${joined(text)}`);
  return [joined(displayParts), joined(documentation), ...told].filter((part) => part !== '').join('\n\n');
}
