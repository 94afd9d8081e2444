import {expect, test} from '@jest/globals';
import {open, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {Uint8ArrayReader, Uint8ArrayWriter, ZipWriter} from '@zip.js/zip.js';
import {temporaryFolder} from '../../lib/src/files/temporaryFolder';
import {entriesIn, unzip} from '../../lib/src/files/zip';
import {zip} from './made';

const text = (value: string) => new TextEncoder().encode(value);
const all = () => true;
const LOCAL_BYTES = 30;

/** Changes the 16 or 32 bits at an offset from the beginning of the first central record. */
function changed(archive: Uint8Array, offset: number, value: number, bits: 16 | 32 = 32): Uint8Array {
  const bytes = new Uint8Array(archive);
  const view = new DataView(bytes.buffer);
  const start = view.getUint32(bytes.length - 22 + 16, true);
  if (bits === 32) view.setUint32(start + offset, value, true);
  else view.setUint16(start + offset, value, true);
  return bytes;
}

/** A zip of one deflated entry, which is never written here. */
async function deflated(content: Uint8Array): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {useWebWorkers: false});
  await writer.add('a', new Uint8ArrayReader(content), {dataDescriptor: false});
  return writer.close();
}

test('unzip() gives back what ZipFile stored', async () => {
  const entries: [string, Uint8Array][] = [
    ['a.json', text('{}')],
    ['u/b', new Uint8Array(1000).fill(7)],
    ['empty', new Uint8Array()],
  ];
  const archive = await zip(entries);
  expect([...(await unzip(archive, all))].map(([name, data]) => [name, [...data]])).toEqual(
    entries.map(([name, data]) => [name, [...data]]),
  );
  expect([...(await unzip(archive, (name) => name === 'a.json')).keys()]).toEqual(['a.json']);
});

test('unzip() inflates', async () => {
  const content = text('the same again '.repeat(50));
  const entries = await unzip(await deflated(content), all);
  expect([...entries.get('a')!]).toEqual([...content]);
});

test('unzip() refuses an entry that expands too far, whatever its header says', async () => {
  const bomb = await deflated(new Uint8Array(50_000_000));
  await expect(unzip(bomb, all)).rejects.toThrow(
    /'a' in it says it expands from \d+ to 50000000 bytes; the limit is \d+/,
  );
  await expect(unzip(changed(bomb, 24, 1000), all)).rejects.toThrow(/'a' in it is damaged/);
});

test('unzip() refuses two entries of one name, a wrong checksum, encryption, other methods, what ends early', async () => {
  const good = await zip([['a', text('content')]]);
  const refused = (archive: Uint8Array) => expect(unzip(archive, all)).rejects;
  const twice = await zip([
    ['a', text('1')],
    ['b', text('2')],
  ]);
  twice.forEach((byte, i) => {
    if (byte === 'b'.charCodeAt(0)) twice[i] = 'a'.charCodeAt(0);
  });
  await refused(twice).toThrow("it holds 'a' twice");
  await refused(changed(good, 16, 0)).toThrow("'a' in it is damaged");
  await refused(changed(good, 8, 1, 16)).toThrow("'a' in it is encrypted");
  await refused(changed(good, 10, 12, 16)).toThrow("'a' in it is damaged");
  // bzip2, by the entry's own header, too.
  const other = changed(good, 10, 12, 16);
  new DataView(other.buffer).setUint16(8, 12, true);
  await refused(other).toThrow("'a' in it is packed with method 12; pack it with deflate");
  await refused(changed(good, 42, 1 << 30)).toThrow(/./);
  await refused(changed(good, 0, 0)).toThrow('it is not a whole zip archive');
  for (let length = 0; length < good.length; length++) await refused(good.subarray(0, length)).toThrow(/./);
});

test('entriesIn() says where a stored entry lies, unpacks another, and finds a wrong checksum', async () => {
  const {folder, remove} = temporaryFolder('convlab-zip-');
  const parts = async (archive: Uint8Array) => {
    await writeFile(path.join(folder, 'a.zip'), archive);
    const file = await open(path.join(folder, 'a.zip'));
    try {
      const entries = await entriesIn(file);
      return await Promise.all(
        entries.map(async ({part}) => {
          const found = await part();
          if (found instanceof Uint8Array) return {unpacked: new TextDecoder().decode(found)};
          const bytes = archive.subarray(found.start, found.start + found.length);
          return {stored: new TextDecoder().decode(bytes)};
        }),
      );
    } finally {
      await file.close();
    }
  };
  try {
    const good = await zip([
      ['a', text('content')],
      ['b', text('more')],
    ]);
    expect(await parts(good)).toEqual([{stored: 'content'}, {stored: 'more'}]);
    expect(await parts(await deflated(text('again '.repeat(50))))).toEqual([{unpacked: 'again '.repeat(50)}]);
    const other = good.slice();
    other[LOCAL_BYTES + 1] = 'C'.charCodeAt(0);
    await expect(parts(other)).rejects.toThrow("'a' in it is damaged: its checksum is another");
    await expect(parts(changed(good, 24, 5))).rejects.toThrow("'a' in it is damaged");
    await expect(parts(changed(good, 42, 1 << 30))).rejects.toThrow(/./);
    for (let length = 0; length < good.length; length += 7) {
      await expect(parts(good.subarray(0, length))).rejects.toThrow(/./);
    }
  } finally {
    remove();
  }
});
