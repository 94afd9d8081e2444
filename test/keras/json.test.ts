// Files of Keras's are written by Python's json, which has numbers that JSON lacks.
import {expect, test} from '@jest/globals';
import {parseObject, stringify} from '../../lib/src/keras/json';

test('infinite numbers and NaN are read as Python writes them, and are text within text', () => {
  const text = '{"a": [Infinity, -Infinity, NaN, 1], "b": "\\"Infinity\\" NaN"}';
  expect(parseObject(text, 'config.json')).toEqual({a: [Infinity, -Infinity, NaN, 1], b: '"Infinity" NaN'});
});

test('infinite numbers and NaN are written as Python reads them', () => {
  expect(stringify({a: [Infinity, -Infinity, NaN, 1]})).toBe('{"a":[Infinity,-Infinity,NaN,1]}');
});

test('what has to be a float in Python is written with a point', () => {
  expect(stringify({learning_rate: 1, units: 1, values: [2, 0.5]})).toBe(
    '{"learning_rate":1.0,"units":1,"values":[2.0,0.5]}',
  );
});

test('text that is no JSON is refused by name', () => {
  expect(() => parseObject('{', 'config.json')).toThrow(/^config\.json is not JSON \(/);
});
