import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {earlyStopping, fit, tf} from 'convlab';
import {classifier, quiet, x, y} from '../classifier';

interface Case {
  values: number[];
  mode: 'auto' | 'min' | 'max';
  patience: number;
  min_delta: number;
  epochs: number;
  best: number;
}
const file = path.join(__dirname, '../../fixtures/keras/early_stopping.json');
const {cases} = JSON.parse(fs.readFileSync(file, 'utf8')) as {cases: Case[]};

/** As much of a model as the callback looks at; its weight is the epoch. */
class Model {
  stopTraining = false;
  weight = NaN;
  getWeights(): tf.Tensor[] {
    return [tf.scalar(this.weight)];
  }
  setWeights([weight]: tf.Tensor[]): void {
    this.weight = weight!.dataSync()[0]!;
  }
}

describe('earlyStopping()', () => {
  test('ends where Keras’s EarlyStopping does, and gives back the same weights', async () => {
    for (const {values, mode, patience, min_delta, epochs, best} of cases) {
      const callback = earlyStopping({mode, patience, minDelta: min_delta, restoreBestWeights: true});
      const model = new Model();
      callback.setModel!(model as unknown as tf.LayersModel);
      await callback.onTrainBegin!();
      let epoch = 0;
      for (; epoch < values.length && !model.stopTraining; epoch++) {
        model.weight = epoch;
        await callback.onEpochEnd!(epoch, {val_loss: values[epoch]!});
      }
      await callback.onTrainEnd!();
      expect({values, epochs: epoch, best: model.weight}).toEqual({values, epochs, best});
    }
  });

  test.each([
    ['val_loss', 'falls'],
    ['accuracy', 'rises'],
    ['val_precision', 'rises'],
    ['val_auc_1', 'rises'],
    ['val_digits_accuracy', 'rises'],
    ['val_digits_loss', 'falls'],
    ['val_meanAbsoluteError', 'falls'],
    ['categorical_crossentropy', 'falls'],
  ])('knows from the name %s that the best %s', async (monitor, way) => {
    const values = way === 'rises' ? [1, 2, 3] : [3, 2, 1];
    const callback = earlyStopping({monitor});
    const model = new Model();
    callback.setModel!(model as unknown as tf.LayersModel);
    for (const [epoch, value] of values.entries()) await callback.onEpochEnd!(epoch, {[monitor]: value});
    expect(model.stopTraining).toBe(false);
    await callback.onEpochEnd!(3, {[monitor]: 2});
    expect(model.stopTraining).toBe(true);
  });

  test('asks for the direction of a metric that it doesn’t know', () => {
    expect(() => earlyStopping({monitor: 'val_myScore'})).toThrow(
      "earlyStopping: whether val_myScore should rise or fall can't be told from its name; pass mode: 'max' or mode: 'min'",
    );
    expect(() => earlyStopping({monitor: 'val_myScore', mode: 'max'})).not.toThrow();
  });

  test('has nothing to watch under a name that every object has', async () => {
    const callbacks = earlyStopping({monitor: 'toString', mode: 'min'});
    await expect(fit(classifier(), x, y, {...quiet, callbacks})).rejects.toThrow(
      'earlyStopping: there is no toString to watch, only loss, accuracy;',
    );
  });

  test.each(['graph', 'eager'] as const)('leaves nothing when another callback fails, %s', async (engine) => {
    const model = classifier();
    await fit(model, x, y, {...quiet, engine});
    const {numTensors} = tf.memory();
    const fails = {
      onEpochEnd: () => {
        throw new Error('enough');
      },
    };
    const stopping = earlyStopping({monitor: 'loss', restoreBestWeights: true});
    await expect(fit(model, x, y, {...quiet, engine, callbacks: [stopping, fails]})).rejects.toThrow(/^enough$/);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
