/**
 * A photograph of a handwritten digit in the form that MNIST's digits have: white ink on black, 20 pixels high or wide, in
 * a field of 28 x 28 with its centre of mass in the middle. MNIST's own digits were black or white before they were made
 * small, and got their greys by that; so are these. Source: http://yann.lecun.com/exdb/mnist/
 *
 * Every step is a function of its own (steps.ts). Images are grey: shape [1, height, width], 0 to 255.
 */
import {file as filePath} from '../../arguments/kinds';
import {publicCall} from '../../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../../arguments/schema';
import {readImage, type Image} from '../decoders/readImage';
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

const prepareOptions = optionsOf<PrepareOptions>({
  without: optional({
    expected: `a list of steps, of ${STEPS.join(', ')}`,
    fits: (value) => Array.isArray(value) && value.every((step) => STEPS.includes(step as string)),
  }),
});

const greyPhoto: Kind = {
  expected: 'a grey picture, as handwriting.read(file) returns it',
  fits: isGrey,
  help: "write handwriting.prepare(await handwriting.read('seven.jpg'))",
};
