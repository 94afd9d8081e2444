import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {findExamples} from '../../../lib/src/data/folder/examples';
import {temporaryFolder} from '../../folder';
import {classes, findIn} from './find';
import {tree} from './tree';

const parent = temporaryFolder();
const find = findIn(parent);

describe('what is passed over', () => {
  test('pictures lie at any depth below the class', async () => {
    const {train, test} = await find(['a/2020/may/1.png', 'a/2021/2.png', 'b/3.png', 'b/x/4.png']);
    expect([...train, ...test].sort()).toEqual(['a/2020/may/1.png a', 'a/2021/2.png a', 'b/3.png b', 'b/x/4.png b']);
  });

  test('hidden files, what systems leave, and what is no picture stand in skipped, with the reason', async () => {
    const {classNames, skipped} = await find([
      ...classes('.'),
      '.DS_Store',
      '__MACOSX/a/._0.png',
      'a/Thumbs.db',
      'a/.hidden.png',
      'b/notes.txt',
      'desktop.ini',
    ]);
    expect(classNames).toEqual(['a', 'b']);
    expect(skipped.sort()).toEqual([
      '.DS_Store: hidden, or of the system',
      '__MACOSX: hidden, or of the system',
      'a/.hidden.png: hidden, or of the system',
      'a/Thumbs.db: hidden, or of the system',
      'b/notes.txt: no picture by its name',
      'desktop.ini: hidden, or of the system',
    ]);
  });

  test('a picture without an ending is one by its first bytes', async () => {
    const {train, test, skipped} = await find({
      'a/1.png': '',
      'b/2.png': '',
      'b/3': 'GIF89a',
      'b/README': 'no picture',
    });
    expect([...train, ...test].sort()).toEqual(['a/1.png a', 'b/2.png b', 'b/3 b']);
    expect(skipped).toEqual(['b/README: no picture by its name']);
  });

  test('a picture of a kind that only other programs read is told from what is none', async () => {
    const {skipped} = await find({'a/1.png': '', 'b/2.png': '', 'b/3.PPM': 'P6', 'b/scan.nii.gz': '', 'b/x.txt': ''});
    const notRead = "a picture of a kind that isn't read; save it as PNG or TIFF";
    expect(skipped).toEqual([`b/3.PPM: ${notRead}`, `b/scan.nii.gz: ${notRead}`, 'b/x.txt: no picture by its name']);
  });

  test('a broken link is named, and can be skipped; a link to a picture or a folder is what it leads to', async () => {
    const dir = tree(parent, classes('.', 2));
    fs.symlinkSync('../b/0.png', path.join(dir, 'a/linked.png'));
    fs.symlinkSync(tree(parent, ['x.png', 'y.png']), path.join(dir, 'c'));
    fs.symlinkSync('..', path.join(dir, 'a/up'));
    const found = await findExamples(dir, {});
    expect(found.classNames).toEqual(['a', 'b', 'c']);
    expect(found.skipped).toEqual([{file: `${dir}/a/up`, reason: 'a link to a folder that it lies in'}]);
    fs.symlinkSync('/nowhere/7.png', path.join(dir, 'a/7.png'));
    await expect(findExamples(dir, {})).rejects.toThrow(
      `${dir}/a/7.png: it is a link to /nowhere/7.png, which isn't there; fix it, remove it, or pass damaged: 'skip'`,
    );
    expect((await findExamples(dir, {damaged: 'skip'})).skipped).toContainEqual({
      file: `${dir}/a/7.png`,
      reason: "it is a link to /nowhere/7.png, which isn't there",
    });
  });

  test('the same picture in train and test, by its bytes, is a note', async () => {
    const files = {'train/a/1.png': 'x', 'train/b/2.png': 'y', 'test/a/8.png': 'z', 'test/b/9.png': 'y'};
    expect((await find(files)).notes).toEqual([
      'test/b/9.png (test) is train/b/2.png (train), byte for byte; what was memorised is no measure of what was learnt.',
    ]);
    expect((await find({...files, 'test/a/8.png': 'x'})).notes).toEqual([
      expect.stringMatching(
        /^2 pictures of test are in train, too, byte for byte: test\/\S+ is train\/\S+, and so on;/,
      ),
    ]);
  });
});

describe('label: (path) => …', () => {
  test('says the class, and parts are still known by their folders', async () => {
    const label = (at: string) => path.posix.basename(at).split('-')[0]!;
    const {classNames, train, test} = await find(['train/cat-1.png', 'train/dog-2.png', 'test/cat-3.png'], {label});
    expect([classNames, train, test]).toEqual([
      ['cat', 'dog'],
      ['train/cat-1.png cat', 'train/dog-2.png dog'],
      ['test/cat-3.png cat'],
    ]);
  });

  test('and labels exclude each other; no text is an error', async () => {
    await expect(find(['a.png'], {label: () => 'a', labels: 'x.csv'})).rejects.toThrow(/give one$/);
    await expect(find(['a.png'], {label: () => ''})).rejects.toThrow("got the text '' for 'a.png'");
    await expect(find(['a.txt'], {label: () => 'a'})).rejects.toThrow(/there is no picture in it, at any depth/);
  });
});
