import {expect, test} from '@jest/globals';
import {History, historyChart} from 'convlab';
import {rounded} from './rounded';

const history = new History();
history.add(0, {loss: 0.4, accuracy: 0.88, val_loss: 0.14, val_accuracy: 0.958});
history.add(1, {loss: 0.12, accuracy: 0.96, val_loss: 0.09, val_accuracy: 0.973});
history.add(2, {loss: 0.08, accuracy: 0.975, val_loss: 0.1, val_accuracy: 0.971});

test('historyChart draws loss and accuracy, on training and validation images, side by side', () => {
  expect(rounded(historyChart(history))).toMatchSnapshot();
});

test('historyChart marks the epoch with the lowest validation loss, counted from 1', () => {
  const {layout} = historyChart(history);
  expect(layout.title).toMatchObject({text: 'Training, 3 epochs: lowest validation loss after epoch 2'});
  expect(layout.shapes).toMatchObject([
    {x0: 2, x1: 2, xref: 'x'},
    {x0: 2, x1: 2, xref: 'x2'},
  ]);
});

test('historyChart does without validation and without accuracy', () => {
  const {data, layout} = historyChart({epoch: [0, 1], history: {loss: [2, 1]}});
  expect(data).toHaveLength(1);
  expect(layout).toMatchObject({title: {text: 'Training, 2 epochs'}, shapes: []});
});

test('historyChart keeps to whole epochs, however many', () => {
  const steps = [1, 8, 30, 100].map((count) => {
    const epochs = Array.from({length: count}, (_, i) => i);
    const {layout} = historyChart({epoch: epochs, history: {loss: epochs}});
    return (layout.xaxis as {dtick: number}).dtick;
  });
  expect(steps).toEqual([1, 1, 5, 10]);
});

test('historyChart passes over epochs whose validation loss is not a number', () => {
  const {layout} = historyChart({epoch: [0, 1], history: {loss: [1, 1], val_loss: [NaN, 3]}});
  expect((layout.title as {text: string}).text).toContain('after epoch 2');
});

test('historyChart refuses a history without an epoch', () => {
  expect(() => historyChart(new History())).toThrow('historyChart: the history holds no epoch yet');
});
