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
 * @param {string} file a .npy file of bool, int32 (or less) or float32; or .json
 * @returns {Promise<unknown>} for an array a tensor of its shape
 */
exports.read = async (file) => {
  if (path.extname(file) === '.json') return parse(fs.readFileSync(file, 'utf8'));
  const {npy, tf} = convlab();
  const {data, shape, dtype} = await npy.read(file);
  if (dtype === 'bool' || dtype === 'float32') return tf.tensor(data, shape, dtype);
  return tf.tensor(new Int32Array(data), shape, 'int32');
};

/**
 * Writes what Python will read.
 *
 * @param {unknown} value a tensor, a typed array, or what JSON can hold
 * @param {string} stem the file's path without its ending
 */
exports.write = async (value, stem) => {
  const settled = await value;
  const {npy, tf} = convlab();
  const isNumbers = settled instanceof tf.Tensor && settled.dtype !== 'string';
  if (isNumbers || (ArrayBuffer.isView(settled) && !(settled instanceof DataView))) {
    return npy.write(`${stem}.npy`, settled);
  }
  fs.writeFileSync(`${stem}.json`, stringify(settled, tf.Tensor));
};

// Python's json writes NaN, Infinity and whole numbers of any length, and reads them.
const MARK = '\u{f8ff}number:';

/** @param {string} text */
function parse(text) {
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (part) =>
    part.startsWith('"') ? part : `"${MARK}${part}"`,
  );
  return JSON.parse(marked, (_, value) =>
    typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value,
  );
}

function stringify(settled, Tensor) {
  const text = JSON.stringify(settled, (_, value) => {
    if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return `${MARK}${value}`;
    if (['function', 'symbol'].includes(typeof value) || value instanceof DataView) throw noCounterpart(value);
    if (value instanceof Tensor) return value.arraySync();
    if (ArrayBuffer.isView(value)) return [...value];
    if (value instanceof Map) return Object.fromEntries(value);
    if (value instanceof Set) return [...value];
    return value;
  });
  if (text === undefined) throw noCounterpart(settled);
  return text.replace(new RegExp(`"${MARK}(NaN|-?Infinity|-?\\d+)"`, 'g'), '$1');
}

const noCounterpart = (value) =>
  new TypeError(
    `${value === undefined ? 'undefined' : `a ${value instanceof DataView ? 'DataView' : typeof value}`} has no counterpart in Python; ` +
      'bring back a tensor, a typed array, a number, a text, a list or a plain object',
  );
