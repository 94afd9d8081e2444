import {publicCall} from '../arguments/publicCall';
import {seededRandom, shuffledIndices} from '../random';
import {handedOn} from './decoders/collect';
import {readInThread, THREADS, type Reading} from './decoders/threads';
import type {Example} from './folder/examples';
import type {OneDepth} from './folder/oneDepth';
import {closeUp, picturesPerJob, shapeOf, unreadable, type WantedSize} from './folder/readExamples';
import type {Skipped} from './imageDataset';
import {ImageSet} from './imageSet';
import {skippedWarnings, warn} from './warnings';
import {emptyLike, type Pixels} from './pixels';
import {RangeSoFar} from './range';
import {Reordered} from './reordered';

/** How a stream goes through its pictures. */
export interface ImageStreamOptions {
  batchSize: number;
  /** Draws the order of each pass, all pictures anew; in the order of the files when left out. */
  seed?: number | undefined;
  damaged: 'refuse' | 'skip';
}

/** At least so many batches are on their way while one is looked at. */
const AHEAD = 4;
/** So much of batches may pile up after their use. */
const MOST_LEFT = 2 ** 24;
/** A batch of more values is shared by the threads. */
const ONE_JOB = 2 ** 22;

/**
 * Pictures that are read when they are needed: each pass gives them all once, as batches that are ImageSets, and keeps no
 * more than a few batches in memory. All processors read ahead while a batch is worked on.
 *
 * `fit` and `evaluate` take one as it is, and walk through it once an epoch. `predict` takes the pictures in the order of
 * the files, that of `labels` and `files`.
 *
 * @example
 * for await (const batch of train) show(picture(batch, 10));
 */
export class ImageStream extends Reordered<ImageSet> {
  private readonly random: (() => number) | undefined;
  private readonly damaged = new Map<number, Skipped>();
  /** Told after the first pass. */
  private range: RangeSoFar | undefined = new RangeSoFar();

  constructor(
    private readonly examples: readonly Example[],
    private readonly wanted: WantedSize,
    private readonly depth: OneDepth,
    private readonly options: ImageStreamOptions,
  ) {
    super();
    this.random = options.seed === undefined ? undefined : seededRandom(options.seed);
  }

  /** How many pictures there are, but for those that turned out damaged and were skipped. */
  get length(): number {
    return this.examples.length - this.damaged.size;
  }

  /** [n, height, width] or [n, height, width, channels]. */
  get shape(): number[] {
    return [this.length, ...shapeOf(this.wanted)];
  }

  /** The class of each picture, in the order of the files. */
  get labels(): Uint8Array {
    return Uint8Array.from(this.whole(), ({label}) => label);
  }

  /** What each picture is called. */
  get files(): string[] {
    return this.whole().map(({name}) => name);
  }

  /** What couldn't be read so far, with `damaged: 'skip'`. */
  get skipped(): Skipped[] {
    return [...this.damaged.values()];
  }

  /** One pass. */
  [Symbol.asyncIterator](): AsyncGenerator<ImageSet, void> {
    return this.pass(this.random);
  }

  /** One pass in the order of the files, that of `labels`. */
  inOrder(): AsyncGenerator<ImageSet, void> {
    return this.pass();
  }

  private async *pass(random?: () => number): AsyncGenerator<ImageSet, void> {
    const {batchSize} = this.options;
    const known = this.damaged.size;
    const whole = [...this.examples.keys()].filter((i) => !this.damaged.has(i));
    const order = random ? Array.from(shuffledIndices(whole.length, random), (i) => whole[i]!) : whole;
    const values = this.shape.slice(1).reduce(times);
    const shared = Math.min(Math.ceil(batchSize / THREADS), picturesPerJob(Infinity, values));
    const perJob = batchSize * values <= ONE_JOB ? batchSize : shared;
    const ahead = Math.max(AHEAD, 1 + Math.ceil((2 * THREADS * perJob) / batchSize));
    const coming: Promise<ImageSet>[] = [];
    let next = 0;
    const readAhead = () => {
      for (; next < order.length && coming.length < ahead; next += batchSize) {
        const batch = this.read(order.slice(next, next + batchSize), perJob);
        // Awaited in its turn; without this, one that fails before would count as unhandled.
        batch.catch(() => undefined);
        coming.push(batch);
      }
    };
    readAhead();
    while (coming.length > 0) {
      const batch = await coming.shift()!;
      readAhead();
      if (batch.length === 0) continue;
      this.range?.add(batch.pixels);
      yield batch;
    }
    const little = this.range?.notes(inFirstLayer) ?? [];
    this.range = undefined;
    warn([...skippedWarnings(this.skipped.slice(known)), ...little]);
  }

  private async read(positions: readonly number[], perJob: number): Promise<ImageSet> {
    return publicCall('imageFolder.stream', async () => {
      const shape = shapeOf(this.wanted);
      const values = shape.reduce(times);
      let all: Pixels | undefined;
      const take = (reading: Reading, i: number) => {
        const position = positions[i]!;
        const {name} = this.examples[position]!;
        if ('error' in reading) {
          if (this.options.damaged === 'refuse') throw unreadable(name, reading.error);
          this.damaged.set(position, {file: name, reason: reading.error});
          return;
        }
        this.depth.check(reading.pixels, name);
        all ??= emptyLike(reading.pixels, positions.length * values);
        all.set(reading.pixels, i * values);
      };
      const jobs = Array.from({length: Math.ceil(positions.length / perJob)}, (_, job) => {
        const from = job * perJob;
        const files = positions.slice(from, from + perJob).map((position) => this.examples[position]!.file);
        return readInThread(files, this.wanted, (reading, i) => {
          take(reading, from + i);
        });
      });
      await Promise.all(jobs);
      handedOn(all?.byteLength ?? 0, MOST_LEFT);
      const kept = [...positions.keys()].filter((i) => !this.damaged.has(positions[i]!));
      const labels = Uint8Array.from(kept, (i) => this.examples[positions[i]!]!.label);
      return new ImageSet(closeUp(all ?? new Uint8Array(0), kept, values), [kept.length, ...shape], labels);
    });
  }

  private whole(): Example[] {
    return this.examples.filter((_, i) => !this.damaged.has(i));
  }
}

const inFirstLayer = (low: number, high: number) =>
  low === high
    ? 'all are the same'
    : `as the model's first layer tf.layers.rescaling({scale: 1 / ${high - low}${low === 0 ? '' : `, offset: ${-low} / ${high - low}`}}) ` +
      'brings them to 0 to 1';

const times = (product: number, length: number) => product * length;
