/**
 * Fashion-MNIST: 70,000 pictures of clothes, shoes and bags by Han Xiao, Kashif Rasul and Roland Vollgraf (Zalando), made
 * in MNIST's form to take its place where MNIST has become too easy. MIT licence.
 * https://github.com/zalandoresearch/fashion-mnist
 */
import path from 'node:path';
import type {Verbosity} from '../progress/reporter';
import {folder, oneOf, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {cacheFolder} from '../files/cacheFolder';
import type {ImageDataset} from './imageDataset';
import {downloadIdxDataset, hasIdxDataset, loadIdxDataset, type Digests} from './idxDataset';

const NAME = 'Fashion-MNIST';
const CLASS_NAMES = [
  'T-shirt/top',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];

const DIGESTS: Digests = {
  'train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  't10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  't10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
};

/** Where Debian's and Ubuntu's package dataset-fashion-mnist puts the files. */
const DEBIAN = '/usr/share/datasets/fashion-mnist';

/** The authors' repository, at its last commit; and the copy that Keras downloads from. */
const ADDRESSES = [
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/',
  'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
];
const MEGABYTES = 31;

/** Options of {@link load}. */
export interface FashionMnistOptions {
  /** A folder with the four files, zipped or not. Then no other place is looked at, and nothing is downloaded. */
  dir?: string;
  /** Where a download is kept. Default: `convlab/fashion-mnist` in the user's cache folder. */
  cache?: string;
  /** Addresses of folders to download from, such as a mirror of your own. What comes is checked all the same. */
  addresses?: readonly string[];
  /** 1 shows how far the download is, 0 nothing. */
  verbose?: Verbosity;
}

/**
 * Loads Fashion-MNIST: 60,000 pictures to train on and 10,000 to test with, 28 x 28 pixels, 0 (background) to 255, in ten
 * classes. It takes them from the Debian package dataset-fashion-mnist, else from an earlier download, else it
 * downloads 31 MB.
 *
 * @param options Where the files are, or shall be kept.
 * @returns Both sets, with labels 0 to 9 and the names of the classes.
 * @throws Error when there are none and none can be downloaded (it says what can be done), or a file isn't the original.
 *
 * @example
 * const {train, test, classNames} = await fashionMnist.load();
 * classNames[train.labels[0]]; // 'ankle boot'
 */
export function load(options: FashionMnistOptions = {}): Promise<ImageDataset> {
  return publicCall('fashionMnist.load', async () => {
    checkArguments({options}, {options: fashionMnistOptions});
    const dir = options.dir ?? (await findOrDownload(options));
    return {name: NAME, classNames: [...CLASS_NAMES], skipped: [], ...(await loadIdxDataset(dir, DIGESTS))};
  });
}

const fashionMnistOptions = optionsOf<FashionMnistOptions>({
  dir: optional(folder),
  cache: optional(folder),
  addresses: optional(texts),
  verbose: optional(oneOf(0, 1, 2)),
});

async function findOrDownload(options: FashionMnistOptions): Promise<string> {
  const {cache = path.join(cacheFolder(), 'convlab/fashion-mnist'), addresses = ADDRESSES, verbose = 1} = options;
  for (const dir of [DEBIAN, cache]) if (await hasIdxDataset(dir, DIGESTS)) return dir;
  try {
    await downloadIdxDataset(NAME, cache, DIGESTS, {addresses, megabytes: MEGABYTES}, verbose);
    return cache;
  } catch (error) {
    throw new CallError(
      `Fashion-MNIST is not on this machine, and downloading it failed (${(error as Error).message}).\n` +
        'There are three ways to get it:\n' +
        '  1. on Debian and Ubuntu: sudo apt-get install dataset-fashion-mnist\n' +
        '  2. copy its four files from another machine into a folder, and write fashionMnist.load({dir: "that folder"})\n' +
        `  3. connect to the internet and run this again: it is ${MEGABYTES} MB, once`,
      {cause: error},
    );
  }
}
