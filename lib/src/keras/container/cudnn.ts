// The weights of CuDNNLSTM and CuDNNGRU, Keras 2's layers for Nvidia's cards: those of LSTM and of GRU with reset_after, in
// another order. Source: Keras 2's saving/hdf5_format.py, _convert_rnn_weights.
import type {Hdf5Array} from '../../files/hdf5';
import {checked} from '../values';
import type {SavedLayer} from './h5Weights';

type Gate = (gate: Float32Array, rows: number, columns: number) => Float32Array;

/** The same arrays in the order of LSTM and GRU; any other layer's as they are. */
export function withoutCudnn(className: string, {name, arrays}: SavedLayer): SavedLayer {
  const gates = {LSTM: 4, GRU: 3}[className];
  const units = arrays[1]?.array.shape[0];
  const isCudnn = gates !== undefined && arrays.length === 3 && units !== undefined;
  if (!isCudnn || String(arrays[2]!.array.shape) !== String([2 * gates * units])) return {name, arrays};
  const [kernel, recurrent, bias] = arrays.map(({array, path}) => checked(array, array.shape, path));
  const converted: Hdf5Array[] = [
    {shape: arrays[0]!.array.shape, data: gateByGate(kernel!, gates * units, units, refilled)},
    {shape: arrays[1]!.array.shape, data: gateByGate(recurrent!, gates * units, units, turned)},
    className === 'LSTM' ? {shape: [gates * units], data: summed(bias!)} : {shape: [2, gates * units], data: bias!},
  ];
  return {name, arrays: arrays.map(({path}, i) => ({path, array: converted[i]!}))};
}

/** Row by row into columns. */
const refilled: Gate = (gate, rows, columns) =>
  gate.map((_, i) => gate[(i % columns) * rows + Math.floor(i / columns)]!);

/** Rows and columns exchanged; there are as many. */
const turned: Gate = (gate, rows) => gate.map((_, i) => gate[(i % rows) * rows + Math.floor(i / rows)]!);

function gateByGate(data: Float32Array, width: number, columns: number, change: Gate): Float32Array {
  const rows = data.length / width;
  const result = new Float32Array(data.length);
  for (let first = 0; first < width; first += columns) {
    const place = (i: number) => Math.floor(i / columns) * width + first + (i % columns);
    const own = Float32Array.from({length: rows * columns}, (_, i) => data[place(i)]!);
    change(own, rows, columns).forEach((value, i) => (result[place(i)] = value));
  }
  return result;
}

/** The two biases of each gate, which are added anyway. */
function summed(data: Float32Array): Float32Array {
  const half = data.length / 2;
  return data.slice(0, half).map((value, i) => value + data[half + i]!);
}
