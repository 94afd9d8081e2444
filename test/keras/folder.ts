import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {tf} from 'convlab';

/** A fixture of test/fixtures/keras. */
export function fixture(name: string): string {
  return join(__dirname, '../fixtures/keras', name);
}

/** The JSON beside a fixture: inputs, outputs, and what else its maker noted. */
export function notes(name: string): {x: number[][]; y: number[][]; outputs: number[][]; losses: number[]} {
  return JSON.parse(readFileSync(fixture(name), 'utf8')) as ReturnType<typeof notes>;
}

/** Calls `use` with an empty folder that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'convlab-keras-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** A small convolutional network with weights drawn from a seed, compiled with Adam. */
export function smallModel(): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({seed: 1});
  const model = tf.sequential();
  model.add(
    tf.layers.conv2d({inputShape: [6, 6, 1], filters: 3, kernelSize: 3, activation: 'relu', kernelInitializer}),
  );
  model.add(tf.layers.maxPooling2d({poolSize: 2}));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({units: 4, activation: 'softmax', kernelInitializer}));
  model.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

/** Inputs and one-hot labels that fit smallModel(). */
export function smallData(): [tf.Tensor, tf.Tensor] {
  return [tf.randomNormal([8, 6, 6, 1], 0, 1, 'float32', 3), tf.oneHot([0, 1, 2, 3, 0, 1, 2, 3], 4).toFloat()];
}

/** All weights, byte for byte. */
export function weightBytes(model: tf.LayersModel): string[] {
  return model.getWeights().map((weight) => Buffer.from(weight.dataSync().slice().buffer).toString('hex'));
}

/** The largest difference between two sets of numbers. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
