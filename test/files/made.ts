// Files for tests, made by what writes them for models.
import {expect} from '@jest/globals';
import {open, readFile} from 'node:fs/promises';
import path from 'node:path';
import {writeHdf5, type Hdf5ToWrite} from '../../lib/src/files/hdf5';
import {temporaryFolder} from '../../lib/src/files/temporaryFolder';
import {ZipFile} from '../../lib/src/files/zipWriter';

/** The bytes of an HDF5 file. */
export async function hdf5(content: Hdf5ToWrite): Promise<Uint8Array> {
  const {folder, remove} = temporaryFolder('convlab-hdf5-');
  const file = await open(path.join(folder, 'file.h5'), 'wx+');
  try {
    const length = await writeHdf5(content, file);
    const bytes = await readFile(path.join(folder, 'file.h5'));
    expect(bytes.length).toBe(length);
    return new Uint8Array(bytes);
  } finally {
    await file.close();
    remove();
  }
}

/** A zip of stored entries. */
export async function zip(entries: [name: string, data: Uint8Array][]): Promise<Uint8Array> {
  const {folder, remove} = temporaryFolder('convlab-zip-');
  const file = await open(path.join(folder, 'a.zip'), 'wx+');
  try {
    const archive = new ZipFile(file);
    for (const [name, data] of entries) await archive.add(name, data);
    await archive.close();
    return new Uint8Array(await readFile(path.join(folder, 'a.zip')));
  } finally {
    await file.close();
    remove();
  }
}

/** An IDX file as the format's description says: 0, 0, type, dimensions, big-endian lengths, elements. */
export function idxFile(shape: number[], data: number[], type = 0x08): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header[2] = type;
  header[3] = shape.length;
  shape.forEach((length, i) => header.writeUInt32BE(length, 4 + 4 * i));
  return Buffer.concat([header, Buffer.from(data)]);
}
