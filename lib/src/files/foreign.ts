import fs from 'node:fs/promises';
import path from 'node:path';
import {CallError} from '../arguments/publicCall';

/** Files of other programs, which are converted with one line. */
interface Foreign {
  what: string;
  /** @param start the file's first bytes, as Latin-1 */
  is: (file: string, start: string) => boolean;
  convert: (file: string, npz: string) => string;
}

const FOREIGN: readonly Foreign[] = [
  {
    // Version 7.3 is HDF5 with a word of MATLAB's in front, and every array the other way round.
    what: "MATLAB's, of version 7.3",
    is: (_, start) => start.startsWith('MATLAB 7.3'),
    convert: (file, npz) =>
      `import h5py, numpy; f = h5py.File('${file}'); ` +
      `numpy.savez('${npz}', **{k: v[()].T for k, v in f.items() if isinstance(v, h5py.Dataset)})`,
  },
  {
    what: "MATLAB's",
    is: (file, start) => start.startsWith('MATLAB 5.0') || (/\.mat$/i.test(file) && !start.startsWith('\x89HDF')),
    convert: (file, npz) =>
      `import scipy.io, numpy; ` +
      `numpy.savez('${npz}', **{k: v for k, v in scipy.io.loadmat('${file}').items() if k[0] != '_'})`,
  },
  {
    what: 'a pickle, and reading one runs the code in it',
    is: (file, start) => /\.(pkl|pickle)(\.gz)?$/i.test(file) || /^\x80[\x02-\x05]/.test(start),
    // Of a dictionary the keys, texts or, in CIFAR's, bytes; of tuples in one another, as MNIST's, the places: array_0_1.
    convert: (file, npz) =>
      `import ${file.endsWith('.gz') ? 'gzip, ' : ''}pickle, numpy; ` +
      `d = pickle.load(${file.endsWith('.gz') ? `gzip.open('${file}')` : `open('${file}', 'rb')`}, encoding='latin1'); ` +
      `f = lambda v, n: {k: x for i, w in enumerate(v) for k, x in f(w, f'{n}_{i}').items()} if type(v) is tuple else {n: v}; ` +
      `d = d if type(d) is dict else f(tuple(d) if type(d) is list else d, 'array'); ` +
      `numpy.savez('${npz}', **{k if type(k) is str else k.decode(): v for k, v in d.items()})`,
  },
];

/**
 * Refuses a file of MATLAB's and a pickle, with the line of Python that converts it. A file that can't be read is left to
 * who reads it.
 *
 * @throws CallError
 */
export async function refuseForeign(file: string): Promise<void> {
  const start = await startOf(file);
  const foreign = FOREIGN.find(({is}) => start !== undefined && is(file, start));
  if (foreign === undefined) return;
  const base = path.basename(file);
  const npz = base.replace(/(\.(mat|pkl|pickle)(\.gz)?)?$/i, '.npz');
  throw new CallError(
    `${file}: it is ${foreign.what}; convert it with Python: python -c "${foreign.convert(base, npz)}", and read ` +
      `${npz} with npz.load or npz.read`,
  );
}

async function startOf(file: string): Promise<string | undefined> {
  const handle = await fs.open(file).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const {buffer, bytesRead} = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}
