import {describe, expect, test} from '@jest/globals';
import {temporaryFolder} from '../../folder';
import {classes, findIn} from './find';
import {pictures} from './tree';

const find = findIn(temporaryFolder());

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

  test('says which classes a part that was drawn has no picture of', async () => {
    const few = [...pictures('a', 20), ...pictures('b', 1), ...pictures('c', 2)];
    expect((await find(few, {split: {validation: 0.3, test: 0.3}})).notes).toEqual([
      'test has no picture of b.',
      'validation has no picture of b, c.',
    ]);
    const group = (at: string) => at.split('/')[0]!;
    expect((await find([...pictures('a', 9), ...pictures('b', 3)], {group})).notes).toEqual([
      "train has no picture of b: it can't be learnt.",
      'test has no picture of a.',
    ]);
  });

  test('says that each picture has a class of its own, as where a table has measurements', async () => {
    const names = Array.from({length: 6}, (_, i) => `${i}.png`);
    const measured = await find(names, {label: (at) => String(Number(at[0]) / 4), split: {test: 0}});
    expect(measured.notes).toEqual([
      'each of the 6 pictures has a class of its own (0, 0.25, 0.5, 0.75, …): nothing can be learnt from one and asked of another.',
    ]);
    expect((await find(names, {label: (at) => String(Number(at[0]) % 5), split: {test: 0}})).notes).toEqual([]);
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
