// The TypeScript kernel's half of values.py: NumPy arrays as .npy files, everything else as JSON. Called by hidden cells.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

/** convlab as the notebook's folder sees it: the same copy that the cells import. */
const convlab = () =>
  require(require.resolve('convlab', {paths: [process.cwd(), ...(process.env.NODE_PATH ?? '').split(path.delimiter)]}));

/**
 * What Python passed in.
 *
 * @param {string} file a .npy or .json file
 * @returns {Promise<unknown>} for an array a tensor of its shape; 64-bit integers are rounded to float32
 */
exports.read = async (file) => {
  if (path.extname(file) === '.json') return JSON.parse(fs.readFileSync(file, 'utf8'));
  const {npy, tf} = convlab();
  const {data, shape, dtype} = await npy.read(file);
  if (dtype === 'bool') return tf.tensor(Uint8Array.from(data), shape, 'bool');
  const whole = ['int8', 'int16', 'int32', 'uint8', 'uint16'].includes(dtype);
  return whole
    ? tf.tensor(Int32Array.from(data), shape, 'int32')
    : tf.tensor(Float32Array.from(data, Number), shape, 'float32');
};

/**
 * Writes what Python will read.
 *
 * @param {unknown} value a tensor, a typed array, {data, shape}, or what JSON can hold
 * @param {string} stem the file's path without its ending
 */
exports.write = async (value, stem) => {
  const settled = await value;
  const {npy, tf} = convlab();
  if (settled instanceof tf.Tensor || ArrayBuffer.isView(settled)) return npy.write(`${stem}.npy`, settled);
  const text = JSON.stringify(settled);
  if (text === undefined) throw new TypeError(`a ${typeof settled} has no counterpart in Python`);
  fs.writeFileSync(`${stem}.json`, text);
};
