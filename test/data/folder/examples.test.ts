import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {copyNotes} from '../../../lib/src/data/folder/copies';
import {findExamples, type Example, type ExamplesOptions} from '../../../lib/src/data/folder/examples';
import {zip} from '../../../lib/src/files/zip';
import {temporaryFolder} from '../../folder';
import {pictures, tree} from './tree';

const parent = temporaryFolder();

/** What is found in a folder of these files; names are told from the folder on, in the order of the alphabet. */
async function find(files: Parameters<typeof tree>[1], options: ExamplesOptions = {}) {
  const dir = tree(parent, files);
  const found = await findExamples(dir, options);
  const short = (name: string) => path.relative(dir, name);
  const names = (examples?: Example[]) =>
    examples?.map(({name, label}) => `${short(name)} ${found.classNames[label]!}`).sort();
  const result = {
    classNames: found.classNames,
    train: names(found.train)!,
    validation: names(found.validation),
    test: names(found.test)!,
    skipped: found.skipped.map(({file, reason}) => `${short(file)}: ${reason}`),
    notes: [...found.notes, ...copyNotes(found)].map((note) => note.replaceAll(`${dir}/`, '')),
  };
  found.close();
  return result;
}

const classes = (folder: string, many = 1) => [...pictures(`${folder}/a`, many), ...pictures(`${folder}/b`, many)];

describe('parts of a folder', () => {
  test.each([
    ['train', 'test', undefined],
    ['Training', 'Testing', undefined],
    ['TRAIN', 'TEST', 'VAL'],
    ['training_set', 'test_set', undefined],
    ['train', 'test', 'valid'],
    ['Train', 'test', 'Validation'],
    ['train', 'eval', 'dev'],
    ['training', 'Evaluation', 'development_set'],
    ['asl_train', 'asl_eval', 'asl_dev'],
    ['seg_train', 'seg_test', undefined],
    ['train_images', 'test_images', 'val_images'],
    ['Chest-Training', 'chest-testing', undefined],
  ])('%s, %s and %s are known by name, in any case', async (train, testFolder, validation) => {
    const found = await find([
      ...classes(train, 2),
      ...classes(testFolder),
      ...(validation === undefined ? [] : classes(validation)),
    ]);
    expect(found.classNames).toEqual(['a', 'b']);
    expect(found.train).toHaveLength(4);
    expect(found.test).toEqual([`${testFolder}/a/0.png a`, `${testFolder}/b/0.png b`]);
    expect(found.validation).toEqual(
      validation === undefined ? undefined : [`${validation}/a/0.png a`, `${validation}/b/0.png b`],
    );
    expect(found.notes).toEqual([]);
  });

  test('parts that share a word may have other folders beside them', async () => {
    const {train, test, skipped} = await find([
      ...classes('seg_train/seg_train', 2),
      ...classes('seg_test/seg_test'),
      ...pictures('seg_pred', 1),
    ]);
    expect([train.length, test.length]).toEqual([4, 2]);
    expect(skipped).toEqual(['seg_pred/0.png: it lies beside train and test']);
  });

  test('a folder beside train that holds the same classes is no class', async () => {
    await expect(find([...classes('train', 2), ...classes('holdout')])).rejects.toThrow(
      "'train' and 'holdout' hold the same folders (a, b), so they seem to be parts, not classes; rename 'holdout' to test or",
    );
    const {classNames} = await find([...pictures('train/steam', 2), ...pictures('tram/steam', 2)]);
    expect(classNames).toEqual(['train', 'tram']);
  });

  test('a test that would be empty is a note', async () => {
    const {test, notes} = await find(classes('.'));
    expect([test, notes]).toEqual([
      [],
      [expect.stringMatching(/^there are too few pictures for a test: a share of 0.2/)],
    ]);
  });

  test('classes whose names end alike stay classes', async () => {
    const {classNames} = await find([
      ...pictures('steam_train', 2),
      ...pictures('toy_train', 2),
      ...pictures('bus', 2),
    ]);
    expect(classNames).toEqual(['bus', 'steam_train', 'toy_train']);
  });

  test('parts below the classes are parts', async () => {
    const {classNames, train, test} = await find([
      ...['a/train', 'b/train'].flatMap((folder) => pictures(folder, 3)),
      ...['a/test', 'b/test'].flatMap((folder) => pictures(folder, 1)),
    ]);
    expect([classNames, train.length, test]).toEqual([['a', 'b'], 6, ['a/test/0.png a', 'b/test/0.png b']]);
  });

  test('train and validation alone: the test is drawn from train, and a note says so', async () => {
    const {train, validation, test, notes} = await find([...classes('train', 5), ...classes('val')]);
    expect([train.length, validation!.length, test.length]).toEqual([8, 2, 2]);
    expect(test.every((name) => name.startsWith('train/'))).toBe(true);
    expect(notes).toEqual([expect.stringMatching(/^there is no test part: 2 pictures of train are kept for it/)]);
  });

  test('train alone is divided', async () => {
    const {classNames, train, test} = await find(classes('train', 5));
    expect([classNames, train.length, test.length]).toEqual([['a', 'b'], 8, 2]);
  });

  test('train beside other classes is a class; no train beside a test is an error', async () => {
    expect((await find([...pictures('train', 2), ...pictures('plane', 2)])).classNames).toEqual(['plane', 'train']);
    await expect(find([...classes('test'), ...classes('valid')])).rejects.toThrow(
      "there are test and valid, but no folder 'train' with pictures to learn from",
    );
  });

  test('what lies beside the parts is passed over by name', async () => {
    const {classNames, skipped} = await find([...classes('train'), ...classes('test'), 'pred/x.png', 'cover.jpg']);
    expect(classNames).toEqual(['a', 'b']);
    expect(skipped).toEqual(["cover.jpg: it lies in no class's folder", 'pred/x.png: it lies beside train and test']);
  });

  test('two folders for one part are an error', async () => {
    await expect(find([...classes('val'), ...classes('valid'), ...classes('train')])).rejects.toThrow(
      "'val' and 'valid' are both called as the validation part is; leave one",
    );
  });

  test('a class that only the test has is an error, and one of another case is told to be', async () => {
    await expect(find([...classes('train'), ...classes('test'), 'test/c/0.png'])).rejects.toThrow(
      "test has pictures of 'c', and train has none, so it can't be learnt; train has a, b",
    );
    await expect(find([...classes('train'), 'test/A/0.png'])).rejects.toThrow("train has 'a': write both alike");
  });

  test('a class that the test lacks is a note', async () => {
    expect((await find([...classes('train'), 'test/a/0.png'])).notes).toEqual(['test has no picture of b.']);
  });

  test('archives often wrap the folder, once or twice: the wrapping is looked through, and said', async () => {
    const {classNames, notes} = await find([...classes('data/all', 2), '__MACOSX/data/._x.png']);
    expect([classNames, notes]).toEqual([['a', 'b'], ['the classes are taken from data/all.']]);
    const parts = await find([...classes('data/train'), ...classes('data/test')]);
    expect([parts.classNames, parts.test.length]).toEqual([['a', 'b'], 2]);
  });
});

describe('split', () => {
  test('draws validation and test of each class alike, by the seed', async () => {
    const files = [...pictures('a', 20), ...pictures('b', 40)];
    const split = {validation: 0.1, test: 0.2};
    const first = await find(files, {split, seed: 5});
    expect([first.train.length, first.validation!.length, first.test.length]).toEqual([42, 6, 12]);
    expect(first.test.filter((name) => name.endsWith(' a'))).toHaveLength(4);
    expect(first.validation!.filter((name) => name.endsWith(' a'))).toHaveLength(2);
    const all = [...first.train, ...first.validation!, ...first.test].sort();
    expect(new Set(all).size).toBe(60);
    expect((await find(files, {split, seed: 5})).test).toEqual(first.test);
    expect((await find(files, {split, seed: 6})).test).not.toEqual(first.test);
  });

  test("isn't asked for a part that is there, nor twice", async () => {
    const files = [...classes('train', 3), ...classes('test')];
    await expect(find(files, {split: {test: 0.2}})).rejects.toThrow(
      'the folder has a test part, so none is drawn; leave split.test out',
    );
    await expect(find(files, {split: {test: 0.2}, testSplit: 0.2})).rejects.toThrow(/give split alone/);
    const {train, validation, test} = await find(files, {split: {validation: 0.3}});
    expect([train.length, validation!.length, test.length]).toEqual([4, 2, 2]);
  });

  test('keeps groups together, whatever part they fall into, near the shares', async () => {
    const files = Array.from({length: 12}, (_, patient) =>
      Array.from({length: 5}, (_, i) => `${patient % 2 ? 'ill' : 'well'}/p${patient}_${i}.png`),
    ).flat();
    const group = (at: string) => at.split('/')[1]!.split('_')[0]!;
    const {train, validation, test} = await find(files, {group, split: {validation: 0.17, test: 0.34}});
    const groups = [train, validation!, test].map((names) => new Set(names.map((name) => group(name))));
    expect(groups.map(({size}) => size)).toEqual([6, 2, 4]);
    expect(new Set(groups.flatMap((each) => [...each])).size).toBe(12);
    for (const names of [train, validation!, test]) {
      expect(names.filter((name) => name.endsWith(' ill'))).toHaveLength(names.length / 2);
    }
  });

  test('refuses a group in two parts, too few groups, and a function that gives no text', async () => {
    const files = ['train/a/p1_0.png', 'train/b/p2_0.png', 'test/a/p1_1.png', 'test/b/p3_0.png'];
    const group = (at: string) => at.split('/')[2]!.split('_')[0]!;
    await expect(find(files, {group})).rejects.toThrow(
      /^group 'p1' stands in train and test: .*p1_1.png and .*p1_0.png/,
    );
    await expect(find(classes('x'), {group: () => 'same'})).rejects.toThrow(
      /train, test need a group each, but there is only 1/,
    );
    await expect(find(classes('x'), {group: () => 7 as unknown as string})).rejects.toThrow(
      "group must return a text for every picture, got 7 for 'x/a/0.png'",
    );
  });
});

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

describe('a folder without classes', () => {
  test.each<[string, string[], RegExp]>([
    [
      'pictures in no folder',
      ['1.png', '2.png'],
      /expected a folder for each class, got 2 pictures that lie in no folder \(1.png, 2.png\)/,
    ],
    ['nothing', [], /expected a folder for each class, got nothing in it/],
    ['other files', ['x.txt'], /got 1 other files \(x.txt\)/],
    ['only a class without pictures', ['a/x.txt'], /got the folders a, 1 other files \(x.txt\)/],
  ])('of %s says what it found, and shows both layouts', async (_, files, message) => {
    await expect(find(files)).rejects.toThrow(message);
    await expect(find(files)).rejects.toThrow(
      /Two layouts are read:\n .*healthy\/1.png .*train\/healthy\/1.png\n .*labels: 'labels.csv'/s,
    );
  });

  test('one class without pictures beside others is named', async () => {
    await expect(find(['a/1.png', 'b/2.png', 'c/x.txt'])).rejects.toThrow(
      /c: expected pictures \(.*\), got x.txt; remove the folder if it is no class$/,
    );
  });

  test('of more classes than a byte counts is refused', async () => {
    await expect(find(Array.from({length: 257}, (_, i) => `c${i}/1.png`))).rejects.toThrow(
      /at most 256 classes, got 257/,
    );
  });

  test('of one class loads, with a note', async () => {
    expect((await find(['a/1.png', 'a/2.png'])).notes).toEqual(['there is only one class, a: nothing to tell apart.']);
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

describe('a .zip', () => {
  const archive = async (entries: Record<string, string>) => {
    const file = path.join(tree(parent, []), 'cells.zip');
    const bytes = await zip(Object.entries(entries).map(([name, text]) => [name, new TextEncoder().encode(text)]));
    fs.writeFileSync(file, bytes);
    return file;
  };

  test('is the folder inside it, and gone from the disk afterwards', async () => {
    const file = await archive({'cells/a/1.png': '1', 'cells/b/2.png': '2', '__MACOSX/cells/a/._1.png': ''});
    const {classNames, train, test: tested, skipped, notes, close} = await findExamples(file, {split: {test: 0}});
    expect([classNames, tested, skipped, notes]).toEqual([['a', 'b'], [], [], ['the classes are taken from cells.']]);
    expect(train.map(({name}) => name).sort()).toEqual([`${file}/cells/a/1.png`, `${file}/cells/b/2.png`]);
    expect(fs.existsSync(train[0]!.file)).toBe(true);
    close();
    expect(fs.existsSync(train[0]!.file)).toBe(false);
  });

  test('that is none, other archives and other files are refused by name', async () => {
    const dir = tree(parent, {'x.zip': 'no zip', 'x.tar.gz': '', 'x.png': ''});
    await expect(findExamples(`${dir}/x.zip`, {})).rejects.toThrow(/x.zip: it is not a whole zip archive$/);
    await expect(findExamples(`${dir}/x.tar.gz`, {})).rejects.toThrow(
      /x.tar.gz: expected a folder or a .zip; unpack it first$/,
    );
    await expect(findExamples(`${dir}/x.png`, {})).rejects.toThrow(/expected a folder or a .zip, and it is a file$/);
    await expect(findExamples(`${dir}/y`, {})).rejects.toThrow(/y: there is no such file$/);
    await expect(findExamples(await archive({'../a/1.png': ''}), {})).rejects.toThrow(
      /would lie outside of the folder/,
    );
  });
});
