import type {ImageSet} from './imageSet';

/** A file that was passed over. */
export interface Skipped {
  file: string;
  /** Why, in words. */
  reason: string;
}

/** A data set as every loader returns it. */
export interface ImageDataset {
  /** For example "MNIST". */
  name: string;
  /** What class 0, 1, 2, … is called; labels index into it. */
  classNames: string[];
  /** To learn from. */
  train: ImageSet;
  /** To watch the training by, where the files have such a part or one was asked for. */
  validation?: ImageSet;
  /** To judge by: never shown to the model while it learns. */
  test: ImageSet;
  /** What was passed over: each file, and why. */
  skipped: Skipped[];
}
