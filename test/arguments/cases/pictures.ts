import {formatMatrix, picture, tf} from 'convlab';
import {type Cases, disposed, later, set, wrong} from './common';

export const picturesCases: Cases = {
  // prettier-ignore
  formatMatrix: [
    ['nothing', () => formatMatrix(wrong(undefined), [6, 5]), 'formatMatrix: pixels must be a list of numbers, got nothing'],
    ['a set', () => formatMatrix(wrong(set), [6, 5]), 'formatMatrix: pixels must be a list of numbers, got an ImageSet; pass one grey image, for example set.image(0)'],
    ['no shape', () => formatMatrix(set.image(0), wrong(undefined)), 'formatMatrix: shape must be [height, width], got nothing'],
    ['the shape of a set', () => formatMatrix(set.image(0), wrong([4, 6, 5])), 'formatMatrix: shape must be [height, width], got a list of 3 numbers'],
    ['another shape', () => formatMatrix(set.image(0), [6, 6]), 'formatMatrix: shape [6, 6] needs 36 pixels, got 30'],
    ['0 for "0"', () => formatMatrix(set.image(0), [6, 5], {zero: wrong(0)}), 'formatMatrix: zero must be a text, got 0'],
  ],
  // prettier-ignore
  picture: [
    ['nothing', () => picture(wrong(undefined)), 'picture: images must be an ImageSet, a tensor, or {pixels, shape}, got nothing'],
    ['a forgotten await', () => picture(later), 'got a promise; write await in front of it'],
    ['one image of a set', () => picture(wrong(set.image(0))), 'picture: images must be an ImageSet, a tensor, or {pixels, shape}, got a Uint8Array of 30 numbers'],
    ['a file name', () => picture(wrong('cat.png')), "got the text 'cat.png'"],
    ['a tensor that is gone', () => picture(disposed), 'got a tensor that was disposed, whose values are gone'],
    ['two channels', () => picture(tf.ones([2, 3, 3, 2])), 'picture: expected images of shape'],
    ['images without pixels', () => picture(tf.ones([2, 0, 3])), 'picture: shape [2, 0, 3] has no pixel in it'],
    ['more than there are', () => picture(set, 5), "picture: can't draw the first 5 of 4 images; for the single image at position i pass [i]"],
    ['a number as text', () => picture(set, wrong('2')), "picture: expected how many images to draw, or a list of their positions, got the text '2'"],
    ['a tensor of positions', () => picture(set, wrong(tf.tensor1d([0, 1]))), 'or a list of their positions, got a tensor of shape [2]'],
    ['no columns', () => picture(set, 2, {columns: 0}), 'picture: columns must be a whole number of at least 1, got 0'],
    ['half a column', () => picture(set, 2, {columns: 0.4}), 'picture: columns must be a whole number of at least 1, got 0.4'],
    ['a huge scale', () => picture(set, 2, {scale: 1e6}), 'picture: at scale 1000000 the picture would be'],
    ['a tiny scale', () => picture(set, 2, {scale: 1e-6}), 'choose another scale or fewer images'],
    ['a single title', () => picture(set, 2, {titles: wrong('ab')}), "picture: titles must be a list of texts, or a function that makes one, got the text 'ab'"],
    ['a title too few', () => picture(set, 2, {titles: ['a']}), 'picture: 2 images need as many titles, got 1'],
    ['labels for titles', () => picture(set, 2, {titles: wrong(set.labels)}), 'picture: titles must be a list of texts, or a function that makes one, got a Uint8Array of 4 numbers'],
    ['a range of one number', () => picture(set, 2, {range: wrong(255)}), 'picture: range must be [low, high], two numbers, got 255'],
    ['a range upside down', () => picture(set, 2, {range: [255, 0]}), 'the first is drawn black and the second, the larger, white'],
    ['a misspelt option', () => picture(set, 2, wrong({title: 'x'})), 'picture: there is no option title; there are columns, scale, titles,'],
  ],
};
