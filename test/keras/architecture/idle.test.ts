import {expect, test} from '@jest/globals';
import {idleLayers, idleNotice} from '../../../lib/src/keras/architecture/idle';

test('layers that change pictures while Keras trains are named once each, wherever they are', () => {
  const inner = {class_name: 'Sequential', config: {layers: [{class_name: 'RandomHue', config: {factor: 0.1}}]}};
  const layers = [{class_name: 'MixUp', config: {}}, inner, inner, {class_name: 'RandomFlip', config: {}}];
  expect(idleLayers({class_name: 'Sequential', config: {layers}})).toEqual(['MixUp', 'RandomHue']);
});

test('the notice says what follows for predictions and for training', () => {
  expect(idleNotice(['MixUp', 'RandomHue'])).toBe(
    'MixUp, RandomHue: nothing is changed here: predictions are the same, but training sees the pictures as they are',
  );
});
