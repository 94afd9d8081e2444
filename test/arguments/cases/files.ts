import {csv, fashionMnist, handwriting, hdf5, imageFolder, npy, npz, readImage} from 'convlab';
import {type Cases, wrong} from './common';

export const filesCases: Cases = {
  // prettier-ignore
  fashionMnist: [
    ['a folder alone', () => fashionMnist.load(wrong('clothes')), "fashionMnist.load: options must be an object such as {dir: …}, got the text 'clothes'"],
    ['a folder that is none', () => fashionMnist.load({dir: '/nowhere'}), 'fashionMnist.load: there is neither train-'],
  ],
  // prettier-ignore
  npz: [
    ['no file', () => npz.load(wrong(undefined)), "npz.load: file must be a file's path, got nothing"],
    ['a file that is none', () => npz.load('/nowhere.npz'), 'npz.load: /nowhere.npz: '],
    ['one class name', () => npz.load('digits.npz', {classNames: wrong('ab')}), "npz.load: classNames must be a list of texts, got the text 'ab'"],
    ['one array by its name', () => npz.read('digits.npz', wrong('x_train')), "npz.read: names must be a list of texts, got the text 'x_train'"],
  ],
  // prettier-ignore
  npy: [
    ['a path to parse', () => npy.parse(wrong('digits.npy')), "npy.parse: bytes must be a Uint8Array with a file's bytes, got the text 'digits.npy'; read(path) reads a file"],
    ['no file', () => npy.read(wrong(undefined)), "npy.read: file must be a file's path, got nothing"],
    ['a file that is none', () => npy.read('/nowhere.npy'), 'npy.read: /nowhere.npy: '],
  ],
  // prettier-ignore
  csv: [
    ['no file', () => csv.load(wrong(undefined)), "csv.load: file must be a file's path, got nothing"],
    ['a file that is none', () => csv.load('/nowhere.csv'), 'csv.load: /nowhere.csv: there is no such file'],
    ['a size for a shape', () => csv.load('digits.csv', {shape: wrong(28)}), 'csv.load: shape must be [height, width] or [height, width, channels], got 28'],
    ['a split in percent', () => csv.load('digits.csv', {split: {test: 20}}), 'csv.load: split must be shares from 0 to 1 such as {validation: 0.1, test: 0.2}, together at most 1, got '],
  ],
  // prettier-ignore
  hdf5: [
    ['no names', () => hdf5.load('x.h5', wrong(undefined)), 'hdf5.load: images must be a text, got nothing'],
    ['one name for the test', () => hdf5.load('x.h5', {images: 'x', labels: 'y', test: wrong('x_test')}), "hdf5.load: test must be the names of two data sets, {images: '…', labels: '…'}, got the text 'x_test'"],
    ['a file that is none', () => hdf5.load('/nowhere.h5', {images: 'x', labels: 'y'}), 'hdf5.load: /nowhere.h5: there is no such file'],
  ],
  // prettier-ignore
  imageFolder: [
    ['no size', () => imageFolder.load('cells', wrong(undefined)), 'imageFolder.load: size must be a whole number of pixels, or [height, width], got nothing'],
    ['a size in words', () => imageFolder.load('cells', {size: wrong('64')}), "imageFolder.load: size must be a whole number of pixels, or [height, width], got the text '64'"],
    ['four channels', () => imageFolder.load('cells', {size: 64, channels: wrong(4)}), 'imageFolder.load: channels must be 1, 3 or a list of channel numbers such as [0, 2], got 4'],
    ['a split in percent', () => imageFolder.load('cells', {size: 64, split: {test: 20}}), 'imageFolder.load: split must be shares from 0 to 1 such as {validation: 0.1, test: 0.2}, together at most 1, got '],
    ['a folder that is none', () => imageFolder.load('/nowhere', {size: 64}), 'imageFolder.load: '],
  ],
  // prettier-ignore
  readImage: [
    ['no file', () => readImage(wrong(undefined)), "readImage: file must be a file's path, got nothing"],
    ['a size below 1', () => readImage('leaf.jpg', {size: 0}), 'readImage: size must be a whole number of pixels, or [height, width], got 0'],
    ['a file that is none', () => readImage('/nowhere.png'), '/nowhere.png: '],
  ],
  // prettier-ignore
  handwriting: [
    ['no file', () => handwriting.read(wrong(undefined)), "handwriting.read: file must be a file's path, got nothing"],
    ['a path to prepare', () => handwriting.prepare(wrong('seven.jpg')), "handwriting.prepare: photo must be a grey picture, as handwriting.read(file) returns it, got the text 'seven.jpg'; write handwriting.prepare(await handwriting.read('seven.jpg'))"],
    ['a step that is none', () => handwriting.readAll('my-digits', {without: wrong(['thin'])}), "handwriting.readAll: without must be a list of steps, of bright, ink, cropped, thick, digit, or 'all', got "],
    ['a forgotten await', () => handwriting.prepare(wrong(Promise.resolve(1))), 'got a promise; write await in front of it'],
  ],
};
