/**
 * Trains a small network on handwritten digits and saves it in Keras's format.
 *
 *   npm start                  all 60,000 digits, about 97 of 100 right
 *   npm start -- 5000          the first 5,000: seconds
 */
import {evaluate, fit, keras, type ImageSet, mnist, summary, tf} from 'convlab';

const {train, test} = await mnist.load();
const count = Number(process.argv[2] ?? train.length);
const some = train.select(Array.from({length: count}, (_, i) => i));

/** [n, 28, 28, 1] with values from 0 to 1, and the digits as one-hot vectors. */
const inputs = (set: ImageSet) => set.tensor().div(255).expandDims(-1);
const answers = (set: ImageSet) => tf.oneHot(tf.tensor1d(set.labels, 'int32'), 10);

const model = tf.sequential({
  layers: [
    tf.layers.conv2d({inputShape: [28, 28, 1], filters: 16, kernelSize: 3, activation: 'relu'}),
    tf.layers.maxPooling2d({poolSize: 2}),
    tf.layers.flatten(),
    tf.layers.dense({units: 10, activation: 'softmax'}),
  ],
});
model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
console.log(summary(model));

await fit(model, inputs(some), answers(some), {epochs: 3, batchSize: 64, seed: 1});
const {accuracy} = await evaluate(model, inputs(test), answers(test), {verbose: 0});
console.log(`test accuracy: ${accuracy.toFixed(3)}`);

await keras.save(model, 'digits.keras');
console.log('saved: digits.keras');
