import {fashionMnist, handwriting, imageFolder, npy, npz, readImage} from 'convlab';
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
    ['a file that is none', () => npz.load('/nowhere.npz'), 'npz.read: /nowhere.npz: '],
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
  imageFolder: [
    ['no size', () => imageFolder.load('cells', wrong(undefined)), 'imageFolder.load: size must be a whole number of pixels, or [height, width], got nothing'],
    ['a size in words', () => imageFolder.load('cells', {size: wrong('64')}), "imageFolder.load: size must be a whole number of pixels, or [height, width], got the text '64'"],
    ['four channels', () => imageFolder.load('cells', {size: 64, channels: wrong(4)}), 'imageFolder.load: channels must be 1 or 3, got 4'],
    ['a split in percent', () => imageFolder.load('cells', {size: 64, testSplit: 20}), 'imageFolder.load: testSplit must be a share from 0 to 1, got 20'],
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
    ['a forgotten await', () => handwriting.prepare(wrong(Promise.resolve(1))), 'got a promise; write await in front of it'],
  ],
};
