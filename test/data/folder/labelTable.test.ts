import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {findExamples} from '../../../lib/src/data/folder/examples';
import {temporaryFolder} from '../../folder';
import {tree} from './tree';

const parent = temporaryFolder();

async function read(table: string | Buffer, pictures = ['1.png', '2.png', '3.png'], damaged?: 'skip') {
  const dir = tree(parent, {...Object.fromEntries(pictures.map((name) => [name, name])), 'labels.csv': table});
  const {classNames, train, skipped} = await findExamples(dir, {labels: 'labels.csv', split: {test: 0}, damaged});
  const short = (name: string) => path.relative(dir, name);
  return {
    classNames,
    labels: Object.fromEntries(train.map(({name, label}) => [short(name), classNames[label]!])),
    skipped: skipped.map(({file, reason}) => `${short(file).replace(/^(\.\.\/)+.*\//, '')}: ${reason}`),
  };
}

const cats = {'1.png': 'cat', '2.png': 'dog', '3.png': 'cat'};

describe('labels.csv', () => {
  test.each([
    ['a header', 'file,label\n1.png,cat\n2.png,dog\n3.png,cat\n'],
    ['no header', '1.png,cat\n2.png,dog\n3.png,cat'],
    ['the class first', 'label;file\r\ncat;1.png\r\ndog;2.png\r\ncat;3.png\r\n'],
    ['tabs and no endings', 'id\tbreed\n1\tcat\n3\tcat\n2\tdog\n'],
    ['quotes and a byte order mark', '\ufeff"image","class"\n"1.png","cat"\n"2.png","dog"\n"3.png","cat"\n'],
    [
      'other columns and other folders',
      'n,path,age,label\n8,images\\1.png,3,cat\n7,/data/2.png,4,dog\n6,x/3.png,5,cat\n',
    ],
    ['another ending', 'file,label\n1.jpg,cat\n2.jpg,dog\n3.jpg,cat\n'],
    ['a column for each class', 'image,cat,dog\n1,1.0,0.0\n2,0.0,1.0\n3,1.0,0.0\n'],
    [
      'a column for each class, in words, and an index',
      ',image,cat,dog\n0,1,True,False\n1,2,False,True\n2,3,True,False\n',
    ],
    [
      "R's row names, for which write.table writes no header",
      '"file"\t"label"\n"7"\t"1.png"\t"cat"\n"8"\t"2.png"\t"dog"\n"9"\t"3.png"\t"cat"\n',
    ],
    ["Excel's first line", 'sep=;\r\nfile;label\r\n1.png;cat\r\n2.png;dog\r\n3.png;cat\r\n'],
    ['a separator at the end of each line but the first', 'file,label\n1.png,cat,\n2.png,dog,\n3.png,cat,\n'],
    ['a separator at the end of each line', 'file,label,\n1.png,cat,\n2.png,dog,\n3.png,cat,\n'],
    ['other capitals', 'file,label\n1.PNG,cat\n2.Png,dog\n3.png,cat\n'],
    ['empty lines and spaces', 'file, label\n\n1.png, cat\n2.png , dog\n3.png,cat\n\n'],
  ])('is read with %s', async (_, table) => {
    expect(await read(table)).toEqual({classNames: ['cat', 'dog'], labels: cats, skipped: []});
  });

  test('with classes that could be names is read by the column that names more pictures', async () => {
    const pictures = ['1.png', '2.png', '3.png', '10.png'];
    const wanted = {'1.png': '1', '2.png': '2', '3.png': '1', '10.png': '2'};
    for (const ending of ['.png', '']) {
      const rows = pictures.map((name) => `${wanted[name as '1.png']},${name.replace('.png', ending)}`).join('\n');
      for (const header of ['label,file\n', '']) {
        expect((await read(header + rows, pictures)).labels).toEqual(wanted);
      }
    }
  });

  test('without endings takes none of two pictures, and of names in other capitals the one that is written', async () => {
    await expect(read('file,label\n1,cat\n', ['1.jpg', '1.png'])).rejects.toThrow(
      /row 2: several pictures are called 1; write the folder in front, or the ending behind$/,
    );
    const table = 'file,label\na,cat\nA,dog\n';
    expect((await read(table, ['A.png', 'a.png'])).labels).toEqual({'a.png': 'cat', 'A.png': 'dog'});
  });

  test('with a count of the rows is read by the names beside it, though both name all pictures', async () => {
    const table = ',id,label\n1,3,dog\n2,1,cat\n3,2,cat\n';
    expect((await read(table)).labels).toEqual({'1.png': 'cat', '2.png': 'cat', '3.png': 'dog'});
    await expect(read('a,b,label\n1,3,dog\n2,1,cat\n3,2,cat\n')).rejects.toThrow(
      /columns 1 and 2 both name pictures, and not the same; call the one that is right 'file' in the first row$/,
    );
  });

  test('finds all pictures in a folder that has another name here', async () => {
    const table = 'file,label\nold/1.png,cat\nold/2.png,dog\n';
    expect((await read(table, ['new/1.png', 'new/2.png'])).labels).toEqual({'new/1.png': 'cat', 'new/2.png': 'dog'});
  });

  test('never gives a picture the class of another that has its name in another folder', async () => {
    const pictures = ['train/1.png', 'train/2.png', 'test/1.png', 'test/3.png'];
    const table = 'file,label\ntrain/1.png,cat\ntrain/2.png,dog\ntrain/3.png,cat\n';
    await expect(read(table, pictures)).rejects.toThrow(
      "train/3.png: row 4 of labels.csv names it, and it isn't there; test/3.png may be another picture; fix it",
    );
    expect((await read(table, pictures, 'skip')).labels).toEqual({'train/1.png': 'cat', 'train/2.png': 'dog'});
    // Nor when there are only others, in several folders.
    await expect(read(table, ['a/1.png', 'b/2.png', 'b/3.png'])).rejects.toThrow(
      /train\/1.png: .* a\/1.png may be another/,
    );
  });

  test.each([
    ['UTF-16, the lower byte first', Buffer.from('\ufefffile\tlabel\r\n1.png\tcät\r\n2.png\tdog\r\n', 'utf16le')],
    [
      'UTF-16, the higher byte first',
      Buffer.from('\ufefffile\tlabel\r\n1.png\tcät\r\n2.png\tdog\r\n', 'utf16le').swap16(),
    ],
    ['Latin-1', Buffer.from('file\tlabel\r\n1.png\tcät\r\n2.png\tdog\r\n', 'latin1')],
  ])('is read in %s', async (_, table) => {
    expect((await read(table, ['1.png', '2.png'])).labels).toEqual({'1.png': 'cät', '2.png': 'dog'});
  });

  test('is read in Windows-1252, as Excel writes it, which has letters where Latin-1 has none', async () => {
    const table = Buffer.from('file;label\r\n1.png;ko\x9aile \x96 5 \x80\r\n', 'latin1');
    expect((await read(table, ['1.png'])).labels).toEqual({'1.png': 'košile – 5 €'});
  });

  test.each([
    [
      'a workbook',
      'PK\x03\x04....',
      /labels.csv: expected a table as text \(CSV\), got a ZIP archive, which Excel's workbooks/,
    ],
    [
      'gzip',
      '\x1f\x8b....',
      /labels.csv: expected a table as text \(CSV\), got a file packed with gzip; unpack it first$/,
    ],
  ])('that is %s is refused by name', async (_, text, message) => {
    await expect(read(Buffer.from(text, 'latin1'))).rejects.toThrow(message);
  });

  test('says the parts in a column called split, whatever the folders are', async () => {
    const files = ['1.png', '2.png', '3.png', '4.png'];
    const table = 'file,label,split\n1.png,cat,train\n2.png,dog,Training\n3.png,cat,val\n4.png,cat,test\n';
    const dir = tree(parent, {...Object.fromEntries(files.map((name) => [name, name])), 'labels.csv': table});
    const {train, validation, test: tested, notes} = await findExamples(dir, {labels: 'labels.csv'});
    expect([train, validation!, tested].map((part) => part.map(({file}) => path.basename(file)).sort())).toEqual([
      ['1.png', '2.png'],
      ['3.png'],
      ['4.png'],
    ]);
    expect(notes[0]).toBe("labels.csv: the column 'split' says the parts: 2 train, 1 validation, 1 test.");
  });

  test('passes over a column split that says no parts, and says so', async () => {
    const table = 'file,label,set\n1.png,cat,a\n2.png,dog,b\n3.png,cat,a\n';
    const dir = tree(parent, {'1.png': '1', '2.png': '2', '3.png': '3', 'labels.csv': table});
    const {train, notes} = await findExamples(dir, {labels: 'labels.csv', split: {test: 0}});
    expect([train.length, notes[0]]).toEqual([
      3,
      "labels.csv: the column 'set' (2 a, 1 b) is passed over: expected train, validation and test in it.",
    ]);
  });

  test("reads HAM10000's table, whose classes are called dx", async () => {
    const table =
      'lesion_id,image_id,dx,dx_type,age,sex\nHAM_1,1,nv,histo,80,male\nHAM_1,2,mel,histo,80,male\nHAM_2,3,nv,consensus,60,male\n';
    expect((await read(table)).labels).toEqual({'1.png': 'nv', '2.png': 'mel', '3.png': 'nv'});
  });

  test('counts as numbers do where all classes are numbers', async () => {
    expect((await read('1.png,10\n2.png,2\n3.png,1\n')).classNames).toEqual(['1', '2', '10']);
  });

  test('takes 1.0 for 1', async () => {
    expect((await read('file,label\n1.png,1.0\n2.png,0.0\n3.png,1.0\n')).classNames).toEqual(['0', '1']);
  });

  test('a row with two classes is none of columns for classes', async () => {
    await expect(read('image,cat,dog\n1,1,0\n2,1,1\n3,1,0\n')).rejects.toThrow(/one of classes, got 3 columns/);
  });

  test('tells pictures of one name apart by their folders', async () => {
    const {labels} = await read('x/1.png,cat\ny/1.png,dog\n', ['x/1.png', 'y/1.png']);
    expect(labels).toEqual({'x/1.png': 'cat', 'y/1.png': 'dog'});
    await expect(read('file,label\n1.png,cat\n', ['x/1.png', 'y/1.png'])).rejects.toThrow(
      /row 2: several pictures are called 1.png; write the folder in front/,
    );
  });

  test('a picture without a row is passed over; a row without its picture is an error, or skipped', async () => {
    expect((await read('1.png,cat\n2.png,dog\n')).skipped).toEqual(["3.png: labels.csv doesn't name it"]);
    const table = 'file,label\n1.png,cat\n2.png,dog\n3.png,cat\n4.png,dog\n';
    await expect(read(table)).rejects.toThrow(/^4.png: row 5 of labels.csv names it, and it isn't there; fix it/);
    expect((await read(table, undefined, 'skip')).skipped).toEqual([
      "4.png: row 5 of labels.csv names it, and it isn't there",
    ]);
  });

  test.each<[string, string, RegExp]>([
    [
      'that names no picture',
      'file,label\nx,cat\n',
      /expected a column with the names of pictures, such as 1.png; none .* Its first row is file, label/,
    ],
    [
      'with an unclear class',
      'file,age,sex\n1.png,3,m\n',
      /one of classes, got 3 columns: file, age, sex; call the one with the classes 'label'/,
    ],
    [
      'with two columns that may have the classes',
      'file,label,class\n1.png,a,b\n',
      /the columns 'label' and 'class' may all have the classes; expected one: give the others another name/,
    ],
    ['with two classes for a picture', '1.png,cat\n1.png,dog\n', /1.png has two classes, cat and, in row 2, dog/],
    ['with an empty class', 'file,label\n1.png,\n', /row 2 has no class for '1.png'/],
    ['that is empty', '', /Its first row is nothing/],
  ])('%s is refused', async (_, table, message) => {
    await expect(read(table)).rejects.toThrow(message);
  });

  test('that is missing is named', async () => {
    await expect(findExamples(tree(parent, ['a.png']), {labels: 'tabel.csv'})).rejects.toThrow(
      /^tabel.csv: there is no such file/,
    );
  });
});
