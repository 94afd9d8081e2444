import {describe, expect, test} from '@jest/globals';
import {temporaryFolder} from '../../folder';
import {classes, findIn} from './find';
import {pictures} from './tree';

const find = findIn(temporaryFolder());

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

  test('folders that hold the same folders are classes, and a note says how these would be', async () => {
    const folders = ['fold1', 'fold2'].flatMap((folder) => classes(folder, 5));
    const {classNames, notes} = await find(folders);
    expect([classNames, notes]).toEqual([
      ['fold1', 'fold2'],
      [
        'the classes are fold1, fold2, and each of them holds the folders a, b; if these are the classes, pass ' +
          "label: (path) => path.split('/').at(-2).",
      ],
    ]);
    expect((await find(folders, {label: (path) => path.split('/').at(-2)!})).classNames).toEqual(['a', 'b']);
  });

  test('a folder train with classes in it, beside another class, is a class, and a note says so', async () => {
    const {classNames, notes} = await find([...classes('train', 5), ...pictures('c', 5)]);
    expect([classNames, notes]).toEqual([
      ['c', 'train'],
      ["'train' is taken for a class, with a, b in it, as it lies beside c."],
    ]);
  });

  test('classes that differ in capitals alone are told', async () => {
    const {classNames, notes} = await find([...pictures('Cat', 5), ...pictures('cat', 5), ...pictures('dog', 5)]);
    expect([classNames, notes]).toEqual([
      ['Cat', 'cat', 'dog'],
      ["the classes 'Cat' and 'cat' differ in capitals alone; if they are one, write both alike."],
    ]);
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
    expect([classNames, notes]).toEqual([['a', 'b'], ['the classes are the folders in data/all.']]);
    const parts = await find([...classes('data/train'), ...classes('data/test')]);
    expect([parts.classNames, parts.test.length]).toEqual([['a', 'b'], 2]);
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
    ['other files', ['x.txt'], /got 1 other file \(x.txt\)/],
    ['only a class without pictures', ['a/x.txt'], /got the folders a, 1 other file \(x.txt\)/],
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
