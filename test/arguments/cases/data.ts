import {idx, ImageSet, mnist, tf} from 'convlab';
import {type Cases, set, wrong} from './common';

export const dataCases: Cases = {
  // prettier-ignore
  ImageSet: [
    ['nothing', () => new ImageSet(wrong(undefined), [1, 2, 2], Uint8Array.of(0)), 'ImageSet: pixels must be a Uint8Array, a Uint16Array or a Float32Array, got nothing'],
    ['a list of pixels', () => new ImageSet(wrong([1, 2, 3, 4]), [1, 2, 2], Uint8Array.of(0)), 'ImageSet: pixels must be a Uint8Array, a Uint16Array or a Float32Array, got a list of 4 numbers; Float32Array.from(numbers) makes one of any numbers'],
    ['numbers of 64 bits', () => new ImageSet(wrong(new Float64Array(4)), [1, 2, 2], Uint8Array.of(0)), 'ImageSet: pixels must be a Uint8Array, a Uint16Array or a Float32Array, got a Float64Array of 4 numbers'],
    ['a list of labels', () => new ImageSet(new Uint8Array(4), [1, 2, 2], wrong([0])), 'ImageSet: labels must be a Uint8Array, got a list of 1 numbers'],
    ['a shape in words', () => new ImageSet(new Uint8Array(4), wrong('1x2x2'), Uint8Array.of(0)), "ImageSet: shape must be a list of whole numbers, got the text '1x2x2'"],
    ['sizes below 0', () => new ImageSet(new Uint8Array(4), [1, -2, -2], Uint8Array.of(0)), 'ImageSet: shape must be a list of whole numbers'],
    ['the shape of one image', () => new ImageSet(new Uint8Array(4), [2, 2], Uint8Array.of(0)), 'ImageSet: shape must be [n, height, width] or [n, height, width, channels], got [2, 2]'],
    ['labels of another set', () => new ImageSet(new Uint8Array(4), [1, 2, 2], new Uint8Array(2)), 'ImageSet: 1 images need 1 labels, got 2'],
    ['no position', () => set.image(wrong(undefined)), 'ImageSet.image: index nothing is out of range; this set has images 0 to 3'],
    ['a position behind the end', () => set.image(4), 'ImageSet.image: index 4 is out of range; this set has images 0 to 3'],
    ['a number for a list', () => set.select(wrong(2)), 'ImageSet.select: indices must be a list of positions, got 2; for a single image pass [i]'],
    ['a tensor of positions', () => set.select(wrong(tf.tensor1d([0]))), 'ImageSet.select: indices must be a list of positions, got a tensor of shape [1]'],
    ['true and false', () => set.select(wrong([true, false])), 'ImageSet.select: index true is out of range'],
  ],
  // prettier-ignore
  mnist: [
    ['a folder alone', () => mnist.load(wrong('/tmp')), "mnist.load: options must be an object such as {dir: …}, got the text '/tmp'"],
    ['a folder that is none', () => mnist.load({dir: '/nowhere'}), 'mnist.load: there is neither train-'],
  ],
  // prettier-ignore
  idx: [
    ['no folder', () => idx.load(wrong(undefined)), "idx.load: dir must be a folder's path, got nothing"],
    ['a file', () => idx.load(__filename), `idx.load: can't read the folder ${__filename} (ENOTDIR)`],
    ['one class name', () => idx.load('/tmp', {classNames: wrong('ab')}), "idx.load: classNames must be a list of texts, got the text 'ab'"],
    ['a path to parse', () => idx.parse(wrong('digits')), "idx.parse: bytes must be a Uint8Array with a file's bytes, got the text 'digits'; read(path) reads a file"],
    ['no file', () => idx.read('/nowhere'), "idx.read: can't read the file /nowhere (ENOENT)"],
    ['a folder', () => idx.read('/tmp'), "idx.read: can't read the file /tmp (EISDIR)"],
  ],
};
