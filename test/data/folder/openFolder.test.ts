import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {findExamples} from '../../../lib/src/data/folder/examples';
import {zip} from '../../files/made';
import {temporaryFolder} from '../../folder';
import {tree} from './tree';

const parent = temporaryFolder();

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
    expect([classNames, tested, skipped, notes]).toEqual([
      ['a', 'b'],
      [],
      [],
      ['the classes are the folders in cells.'],
    ]);
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
