/**
 * Says for each picture in a folder which digit it shows: white on black, as MNIST's are.
 *
 *   node classify.cjs ../train/digits.keras pictures
 */
const {readdir} = require('node:fs/promises');
const path = require('node:path');
const {keras, predict, readImage, tf} = require('convlab');

const PICTURE = /\.(png|jpe?g|webp|gif|bmp|tiff?)$/i;

/** @param {string[]} words */
async function main([modelFile, folder]) {
  if (folder === undefined) throw new Error('node classify.cjs MODEL FOLDER');
  const names = (await readdir(folder)).filter((name) => PICTURE.test(name)).sort();
  if (names.length === 0) throw new Error(`${folder} has no pictures`);

  const model = await keras.load(modelFile);
  const pictures = await Promise.all(names.map((name) => readImage(path.join(folder, name), {size: 28, channels: 1})));
  const pixels = pictures.map(({pixels}) => tf.tensor(Float32Array.from(pixels), [28, 28, 1]));
  const probabilities = await predict(model, tf.stack(pixels).div(255));
  const rows = await probabilities.array();
  names.forEach((name, i) => {
    const most = Math.max(...rows[i]);
    console.log(`${name.padEnd(30)}${rows[i].indexOf(most)}  ${(100 * most).toFixed(1)} %`);
  });
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
