/**
 * A photograph of a handwritten digit in the form that MNIST's digits have: white ink on black, 20 pixels high or wide, in
 * a field of 28 x 28 with its centre of mass in the middle. MNIST's own digits were black or white before they were made
 * small, and got their greys by that; so are these. Source: http://yann.lecun.com/exdb/mnist/
 *
 * Every step is a function of its own (steps.ts). Images are grey: shape [1, height, width], 0 to 255.
 */
import {file as filePath, folder as folderPath} from '../../arguments/kinds';
import {CallError, publicCall} from '../../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../../arguments/schema';
import {readImage, type Image} from '../decoders/readImage';
import {ImageSet} from '../imageSet';
import {digitFiles} from './digitFiles';
import {isGrey, toBytes, type GreyImage} from './greyImage';
import {brightInk, centre, crop, inField, separateInk, shrink, thicken} from './steps';

export {sideBySide} from './sideBySide';
export {brightInk, centre, crop, separateInk, shrink, thicken};

/** What `prepare` made of a photograph, step by step. */
export interface Steps {
  /** As it came. */
  photo: GreyImage;
  /** Ink brighter than the paper. */
  bright: GreyImage;
  /** Ink 255, all else 0. */
  ink: GreyImage;
  /** Nothing around the ink. */
  cropped: GreyImage;
  /** Strokes at least as thick as a pen's in MNIST. */
  thick: GreyImage;
  /** The longer side has 20 pixels. */
  small: GreyImage;
  /** 28 x 28, in the middle: MNIST's form. */
  digit: GreyImage;
}

/** A step that can be left out; without `small` a digit may not fit into its field. */
export type Step = 'bright' | 'ink' | 'cropped' | 'thick' | 'digit';
const STEPS: readonly string[] = ['bright', 'ink', 'cropped', 'thick', 'digit'] satisfies Step[];

/** How `prepare` goes about it. */
export interface PrepareOptions {
  /**
   * Steps to leave out, to see what they are good for: the picture stays as it was before each of them. Without `digit` the
   * small picture lies in the upper left corner of its field.
   */
  without?: readonly Step[];
}

/** Pixels of MNIST's fields, each way. */
const SIDE = 28;

/** So many pixels on the longer side are plenty for one digit. */
const PHOTO_SIDE = 400;

/**
 * Reads a photograph in grey, its longer side at most 400 pixels.
 *
 * @param file Its path.
 * @returns The grey picture, 0 (black) to 255 (white).
 * @throws Error when it is no picture or damaged.
 *
 * @example
 * const photo = await handwriting.read('seven.jpg');
 */
export function read(file: string): Promise<GreyImage> {
  return publicCall('handwriting.read', async () => {
    checkArguments({file}, {file: filePath});
    return toBytes(await readImage(file, {channels: 1, size: PHOTO_SIDE, fit: 'inside', antialias: true}));
  });
}

/**
 * All steps, from a grey photograph of one digit to MNIST's form.
 *
 * @param photo A grey photograph, as `read` returns it, ink darker or brighter than the paper.
 * @param options Steps to leave out. Default: none.
 * @returns The picture after each step, `digit` last: 28 x 28, 0 (paper) to 255 (ink).
 * @throws Error when there is no ink to be found.
 *
 * @example
 * const {digit} = await handwriting.prepare(await handwriting.read('seven.jpg'));
 * const x = tf.tensor(Float32Array.from(digit.pixels), [1, 28, 28, 1]).div(255);
 */
export function prepare(photo: Image, options: PrepareOptions = {}): Promise<Steps> {
  return publicCall('handwriting.prepare', async () => {
    checkArguments({photo, options}, {photo: greyPhoto, options: prepareOptions});
    const {without = []} = options;
    const take = (step: Step, image: GreyImage, by: (image: GreyImage) => GreyImage) =>
      without.includes(step) ? image : by(image);
    const bytes = toBytes(photo);
    const bright = take('bright', bytes, brightInk);
    const ink = take('ink', bright, separateInk);
    const cropped = take('cropped', ink, crop);
    const thick = take('thick', cropped, thicken);
    const small = await shrink(thick);
    const digit = without.includes('digit') ? inField(small, 0, 0) : centre(small);
    return {photo: bytes, bright, ink, cropped, thick, small, digit};
  });
}

/** How `readAll` goes about it. */
export interface ReadAllOptions {
  /** Steps to leave out, as for `prepare`; with 'all' a photograph is only made grey and 28 x 28. */
  without?: readonly Step[] | 'all';
}

/** Photographs of digits in MNIST's form. */
export interface Digits {
  /** Shape [n, 28, 28]; the labels are the digits that the files' names begin with. */
  digits: ImageSet;
  /** The file of each. */
  files: string[];
}

/**
 * Reads and prepares all photographs of a folder whose names begin with the digit that they show, as in `7-blue-pen.jpg`, in
 * the order of the alphabet. Files with other names are passed over.
 *
 * @param folder Its path; the photographs may lie in folders inside it.
 * @param options Steps to leave out. Default: none.
 * @returns The digits, with their labels, and their files.
 * @throws Error when the folder can't be read or has no such picture; when a picture is damaged, or no ink is found in it.
 *
 * @example
 * const {digits} = await handwriting.readAll('my-digits');
 * await predict(model, digits.tensor().expandDims(3).div(255));
 */
export function readAll(folder: string, options: ReadAllOptions = {}): Promise<Digits> {
  return publicCall('handwriting.readAll', async () => {
    checkArguments({folder, options}, {folder: folderPath, options: readAllOptions});
    const found = await digitFiles(folder);
    const pixels = new Uint8Array(found.length * SIDE * SIDE);
    for (const [i, {file}] of found.entries()) pixels.set(await digitOf(file, options), i * SIDE * SIDE);
    const labels = Uint8Array.from(found, ({digit}) => digit);
    return {digits: new ImageSet(pixels, [found.length, SIDE, SIDE], labels), files: found.map(({file}) => file)};
  });
}

async function digitOf(file: string, {without}: ReadAllOptions): Promise<Uint8Array> {
  if (without === 'all') return toBytes(await readImage(file, {size: SIDE, channels: 1})).pixels;
  const photo = await read(file);
  const {digit} = await prepare(photo, {without}).catch((error: unknown) => {
    throw new CallError(`${file}: ${(error as Error).message}`, {cause: error});
  });
  return digit.pixels;
}

const areSteps = (value: unknown) => Array.isArray(value) && value.every((step) => STEPS.includes(step as string));

const prepareOptions = optionsOf<PrepareOptions>({
  without: optional({expected: `a list of steps, of ${STEPS.join(', ')}`, fits: areSteps}),
});

const readAllOptions = optionsOf<ReadAllOptions>({
  without: optional({
    expected: `a list of steps, of ${STEPS.join(', ')}, or 'all'`,
    fits: (value) => value === 'all' || areSteps(value),
  }),
});

const greyPhoto: Kind = {
  expected: 'a grey picture, as handwriting.read(file) returns it',
  fits: isGrey,
  help: "write handwriting.prepare(await handwriting.read('seven.jpg'))",
};
