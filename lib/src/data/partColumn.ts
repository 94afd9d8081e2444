import {partOf, type PartName} from './folder/parts';

/** What a header calls the column that says which part of a data set a row belongs to. */
export const PART_COLUMN = /^(split|(sub)?set|partition|usage|phase)$/i;

/** FER2013's words for the parts that are kept back, beside those that folders have. */
const KAGGLE: Readonly<Record<string, PartName>> = {publictest: 'validation', privatetest: 'test'};

/**
 * Which part each row belongs to.
 *
 * @param words what the column says, row by row
 * @returns undefined when a word is no part's, or no row is to train on
 */
export function partsNamed(words: readonly string[]): PartName[] | undefined {
  const parts = words.map((word) => partOf(word) ?? KAGGLE[word.toLowerCase()]);
  return parts.every((part) => part !== undefined) && parts.includes('train') ? parts : undefined;
}

/** What to tell of such a column. */
export function partNote(column: string, words: readonly string[], parts: readonly PartName[] | undefined): string {
  const shown = (names: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    const all = [...counts].map(([name, count]) => `${count} ${name}`);
    return all.length > MOST_NAMED ? `${all.slice(0, MOST_NAMED).join(', ')}, …` : all.join(', ');
  };
  return parts === undefined
    ? `the column '${column}' (${shown(words)}) is passed over: expected train, validation and test in it.`
    : `the column '${column}' says the parts: ${shown(parts)}.`;
}

const MOST_NAMED = 4;
