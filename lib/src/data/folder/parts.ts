/** The parts of a data set that a folder may have folders for, and what these are called, in any case. */
const NAMES = {
  train: /^train(ing)?([-_ ]?(set|data))?$/i,
  validation: /^(val(id(ation)?)?|dev(elopment)?)([-_ ]?(set|data))?$/i,
  test: /^(test(ing)?|eval(uation)?)([-_ ]?(set|data))?$/i,
};

export type PartName = keyof typeof NAMES;
export const PARTS = Object.keys(NAMES) as PartName[];

/** Which part a folder of this name is. */
export function partOf(folder: string): PartName | undefined {
  return PARTS.find((part) => NAMES[part].test(folder));
}

/** Which of these folders are which parts of a data set; undefined when they are none. */
export type PartsAmong = ReadonlyMap<string, PartName>;

/**
 * Knows the folders that are the parts of a data set: the training part, and beside it another part or nothing. A folder
 * `train` beside `car` and `plane` is a class. Parts may share what stands before or behind, as in `seg_train` and `seg_test`
 * or `train_images` and `val_images`.
 */
export function partsAmong(folders: readonly string[]): PartsAmong | undefined {
  if (areParts(folders)) return among(folders, partOf);
  const affixes = new Set(folders.flatMap((folder) => affixOf(folder)?.affix ?? []));
  for (const affix of affixes) {
    const found = among(folders, (folder) => {
      const known = affixOf(folder);
      return known?.affix === affix ? known.part : undefined;
    });
    const parts = new Set(found.values());
    if (parts.has('train') && parts.size > 1) return found;
  }
  return undefined;
}

function among(folders: readonly string[], partOf: (folder: string) => PartName | undefined): PartsAmong {
  return new Map(
    folders.flatMap((folder) => {
      const part = partOf(folder);
      return part === undefined ? [] : [[folder, part] as const];
    }),
  );
}

/** Of `Seg_Train_x` the part train, and what stands around it. */
function affixOf(folder: string): {part: PartName; affix: string} | undefined {
  const [, before, word, behind] =
    /^(.+[-_ ])?(train(?:ing)?|val(?:id(?:ation)?)?|dev|test(?:ing)?|eval)([-_ ].+)?$/i.exec(folder) ?? [];
  if (word === undefined) return undefined;
  return {part: partOf(word)!, affix: `${before ?? ''}*${behind ?? ''}`.toLowerCase()};
}

function areParts(folders: readonly string[]): boolean {
  const parts = new Set(folders.map(partOf));
  return (
    parts.has('train') && (parts.size > 2 || !parts.has(undefined) || parts.has('test') || parts.has('validation'))
  );
}
