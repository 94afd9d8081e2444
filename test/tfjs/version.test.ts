import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {checkVersion} from '../../lib/src/tfjs/version';

test('another version of TensorFlow.js is refused, with the command that brings the right one', () => {
  expect(() => {
    checkVersion(tf.version);
  }).not.toThrow();
  expect(() => {
    checkVersion({...tf.version, 'tfjs-layers': '4.23.0'});
  }).toThrow('convlab: tfjs-layers must be 4.22.0, got 4.23.0; run npm install @tensorflow/tfjs-node@4.22.0');
});
