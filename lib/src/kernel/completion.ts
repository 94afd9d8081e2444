/** What can stand at the cursor, the likeliest first. */
import type {Session} from './session';

/** The content of Jupyter's complete_reply. */
export interface Completions {
  matches: string[];
  cursor_start: number;
  cursor_end: number;
  metadata: Record<string, unknown>;
}

/** TypeScript sorts what a place itself asks for, such as the options of a call, before this. */
const GLOBAL = '15';

/** Positions are of Unicode characters in Jupyter's messages, of UTF-16 units in JavaScript. */
export function completionsFor(session: Session, code: string, cursor: number): Completions {
  const {start, end, candidates, original} = session.complete(code, unitsBefore(code, cursor));
  const entries = new Map(original?.entries.map((entry) => [entry.name, entry]));
  const local = candidates.filter((name) => (entries.get(name)?.sortText ?? GLOBAL) < GLOBAL);
  // Where a place asks for something of its own, the thousand names that could stand anywhere are only in the way.
  const inObject = isOptionName(code, unitsBefore(code, cursor));
  const matches = inObject && local.length > 0 ? local : candidates;
  return {
    matches,
    cursor_start: charactersBefore(code, start),
    cursor_end: charactersBefore(code, end),
    metadata: {
      _jupyter_types_experimental: matches.map((text) => ({text, type: entries.get(text)?.kind ?? ''})),
    },
  };
}

/** Whether the cursor stands where an object's property would be named: after `{` or `,`. */
function isOptionName(code: string, cursor: number): boolean {
  return /[{,]\s*[\w$]*$/.test(code.slice(0, cursor));
}

export function unitsBefore(text: string, characters: number): number {
  return Array.from(text).slice(0, characters).join('').length;
}

export function charactersBefore(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}
