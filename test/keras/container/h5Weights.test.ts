import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import type {Hdf5, Hdf5Array} from '../../../lib/src/files/hdf5';
import type {JsonObject} from '../../../lib/src/keras/json';
import {frozenLayers} from '../../../lib/src/keras/container/configuration';
import {assignmentsFromH5} from '../../../lib/src/keras/container/h5Weights';

const names = ['first', 'second'];
const layer = (name: string, trainable: boolean) => tf.layers.dense({units: 1, useBias: false, name, trainable});
/** Only the second of its layers learns. */
function backbone(): tf.LayersModel {
  const layers = [layer('first', false), layer('second', true)];
  const inner = tf.sequential({layers: [tf.layers.inputLayer({inputShape: [1]}), ...layers], name: 'backbone'});
  return tf.sequential({layers: [tf.layers.inputLayer({inputShape: [1]}), inner]});
}

/** A file that has these layers' arrays in this order. */
function file(order: readonly string[]): Hdf5 {
  const lists = {'': ['layer_names', ['backbone']], backbone: ['weight_names', order]} as const;
  return {
    attributes: new Map(Object.entries(lists).map(([group, entry]) => [group, new Map([entry])])),
    arrays: new Map(order.map((name) => [`backbone/${name}`, {shape: [1, 1]} as Hdf5Array])),
  } as unknown as Hdf5;
}

const assigned = (order: readonly string[], frozen: string[]) =>
  assignmentsFromH5(file(order), '', backbone(), new Set(frozen)).map(({weight, path}) => [
    weight.originalName.split('/')[0],
    path.split('/').at(-1),
  ]);

test('what learns comes first in a model within the model, but in order where the file has it frozen as a whole', () => {
  expect(assigned(['second', 'first'], [])).toEqual([
    ['second', 'second'],
    ['first', 'first'],
  ]);
  expect(assigned(names, ['backbone'])).toEqual(names.map((name) => [name, name]));
});

test('frozenLayers() are those of Keras 3, which alone goes by them', () => {
  const layers: JsonObject[] = [
    {class_name: 'Functional', config: {name: 'backbone', trainable: false}},
    {class_name: 'Dense', config: {name: 'head', trainable: true}},
    {class_name: 'InputLayer', config: {name: 'x'}},
  ];
  const architecture = {class_name: 'Sequential', config: {layers}};
  expect([...frozenLayers({architecture, version: '3.15.1'})]).toEqual(['backbone']);
  expect([...frozenLayers({architecture, version: '2.15.0'})]).toEqual([]);
});
