import type {ArrayPair, NamedArray} from './arrays';

/** One of EMNIST's divisions into classes. */
export interface Emnist {
  classNames: string[];
  /** The number of its first class in the files. */
  first: 0 | 1;
  /** What the reader should know. */
  note: string;
}

const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Small letters that don't look like their capitals. */
const DIFFERENT = 'abdefghnqrt';

/** The characters of each division, in the order of their numbers: from EMNIST's mapping files. */
const CLASSES: Readonly<Record<string, string>> = {
  mnist: DIGITS,
  digits: DIGITS,
  letters: CAPITALS,
  balanced: DIGITS + CAPITALS + DIFFERENT,
  bymerge: DIGITS + CAPITALS + DIFFERENT,
  byclass: DIGITS + CAPITALS + CAPITALS.toLowerCase(),
};

/**
 * Knows EMNIST's files by their names, such as `emnist-letters-train-images-idx3-ubyte.gz`. Cohen et al., EMNIST: an extension
 * of MNIST to handwritten letters (2017), https://arxiv.org/abs/1702.05373.
 */
export function emnistOf(file: string): Emnist | undefined {
  const [, division] = /emnist[-_](\w+?)[-_]/i.exec(file) ?? [];
  const characters = CLASSES[division?.toLowerCase() ?? ''];
  if (characters === undefined) return undefined;
  const first = characters === CAPITALS ? 1 : 0;
  const letters = first === 1 ? ', and its letters, which are counted from 1 there, are counted from 0' : '';
  const note = `EMNIST's pictures lie on their side in the file; they were put upright${letters}.`;
  return {classNames: characters.split(''), first, note};
}

/** Upright pictures, and classes from 0. */
export function upright({images, labels}: ArrayPair, {first}: Emnist): ArrayPair {
  const data = Int16Array.from(labels.data as ArrayLike<number>, (label) => label - first);
  return {images: transposed(images), labels: {...labels, data}};
}

/** Rows for columns, in each picture. */
function transposed({name, shape, data}: NamedArray): NamedArray {
  const [count, height, width] = shape as [number, number, number];
  const turned = data.slice();
  for (let i = 0, to = 0; i < count; i++) {
    const start = i * height * width;
    for (let x = 0; x < width; x++) {
      for (let y = 0; y < height; y++) turned[to++] = data[start + y * width + x]!;
    }
  }
  return {name, shape: [count, width, height], data: turned};
}
