/** The parts of a data set that a folder may have folders for, and what these are called, in any case. */
const NAMES = {
  train: /^train(ing)?([-_ ]?(set|data))?$/i,
  validation: /^val(id(ation)?)?([-_ ]?(set|data))?$/i,
  test: /^test(ing)?([-_ ]?(set|data))?$/i,
};

export type PartName = keyof typeof NAMES;
export const PARTS = Object.keys(NAMES) as PartName[];

/** Which part a folder of this name is. */
export function partOf(folder: string): PartName | undefined {
  return PARTS.find((part) => NAMES[part].test(folder));
}

/**
 * Whether folders of these names are the parts of a data set: the training part, and beside it another part or nothing.
 * A folder `train` beside `car` and `plane` is a class.
 */
export function areParts(folders: readonly string[]): boolean {
  const parts = new Set(folders.map(partOf));
  return (
    parts.has('train') && (parts.size > 2 || !parts.has(undefined) || parts.has('test') || parts.has('validation'))
  );
}
