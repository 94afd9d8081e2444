import {deflateRawSync} from 'node:zlib';
import {expect, test} from '@jest/globals';
import {unzip, zip} from '../../lib/src/keras/zip';

const text = (value: string) => new TextEncoder().encode(value);
const all = () => true;

/** Changes the 16 or 32 bits at an offset from the beginning of the first central record. */
function changed(archive: Uint8Array, offset: number, value: number, bits: 16 | 32 = 32): Uint8Array {
  const bytes = new Uint8Array(archive);
  const view = new DataView(bytes.buffer);
  const start = view.getUint32(bytes.length - 22 + 16, true);
  if (bits === 32) view.setUint32(start + offset, value, true);
  else view.setUint16(start + offset, value, true);
  return bytes;
}

/** A zip of one deflated entry, which zip() never writes. */
function deflated(content: Uint8Array): Uint8Array {
  const packed = deflateRawSync(content);
  let archive = zip([['a', packed]]);
  const crc = new DataView(new Uint8Array(zip([['a', content]])).buffer).getUint32(14, true);
  archive = changed(archive, 10, 8, 16);
  archive = changed(archive, 16, crc);
  return changed(archive, 24, content.length);
}

test('unzip() gives back what zip() packed', () => {
  const entries: [string, Uint8Array][] = [
    ['a.json', text('{}')],
    ['ü/b', new Uint8Array(1000).fill(7)],
    ['empty', new Uint8Array()],
  ];
  expect([...unzip(zip(entries), all)].map(([name, data]) => [name, [...data]])).toEqual(
    entries.map(([name, data]) => [name, [...data]]),
  );
  expect([...unzip(zip(entries), (name) => name === 'a.json').keys()]).toEqual(['a.json']);
});

test('unzip() inflates', () => {
  const content = text('the same again '.repeat(50));
  expect([...unzip(deflated(content), all).get('a')!]).toEqual([...content]);
});

test('unzip() refuses an entry that expands too far, whatever its header says', () => {
  const bomb = deflated(new Uint8Array(50_000_000));
  expect(() => unzip(bomb, all)).toThrow(/'a' in it says it expands from \d+ to 50000000 bytes; the limit is \d+/);
  expect(() => unzip(changed(bomb, 24, 1000), all)).toThrow(/'a' in it is damaged/);
});

test('unzip() refuses two entries of one name, a wrong checksum, encryption, other methods, what ends early', () => {
  const good = zip([['a', text('content')]]);
  expect(() => unzip(zip([['a', text('1')], ['a', text('2')]]), all)).toThrow("it holds 'a' twice"); // prettier-ignore
  expect(() => unzip(changed(good, 16, 0), all)).toThrow("'a' in it is damaged: its checksum is wrong");
  expect(() => unzip(changed(good, 8, 1, 16), all)).toThrow("'a' in it is encrypted");
  expect(() => unzip(changed(good, 10, 12, 16), all)).toThrow('packed by method 12');
  expect(() => unzip(changed(good, 42, 1 << 30), all)).toThrow('no header');
  expect(() => unzip(changed(good, 0, 0), all)).toThrow('its zip directory is damaged');
  for (let length = 0; length < good.length; length++) expect(() => unzip(good.subarray(0, length), all)).toThrow(/./);
});
