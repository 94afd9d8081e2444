import {expect, test} from '@jest/globals';
import {History, historyChart} from 'convlab';
import {history} from './figures';

test('historyChart draws loss and accuracy, on training and validation images, side by side', () => {
  const {data, layout} = historyChart(history);
  const [training, validation] = [{name: 'training images'}, {name: 'validation images'}];
  expect(data).toMatchObject([
    {...training, x: [1, 2, 3], y: [0.4, 0.12, 0.08], xaxis: 'x', yaxis: 'y', showlegend: true},
    {...validation, x: [1, 2, 3], y: [0.14, 0.09, 0.1], xaxis: 'x', yaxis: 'y', showlegend: true},
    {...training, x: [1, 2, 3], y: [0.88, 0.96, 0.975], xaxis: 'x2', yaxis: 'y2', showlegend: false},
    {...validation, x: [1, 2, 3], y: [0.958, 0.973, 0.971], xaxis: 'x2', yaxis: 'y2', showlegend: false},
  ]);
  // Told apart by more than their colour.
  expect(new Set(data.map(({marker}) => (marker as {symbol: string}).symbol)).size).toBe(2);
  expect(layout).toMatchObject({
    xaxis: {title: {text: 'epoch'}},
    yaxis: {title: {text: 'loss'}, rangemode: 'tozero'},
    xaxis2: {title: {text: 'epoch'}},
    yaxis2: {title: {text: 'accuracy (images right)', standoff: 18}},
  });
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
