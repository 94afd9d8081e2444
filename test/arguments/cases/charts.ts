import {
  calibrationChart,
  confusionChart,
  featureMapChart,
  figureToPng,
  historyChart,
  picture,
  probabilityChart,
  tf,
} from 'convlab';
import {type Cases, later, set, wrong} from './common';

const figure = historyChart({epoch: [0], history: {loss: [1]}});

export const chartsCases: Cases = {
  // prettier-ignore
  calibrationChart: [
    ['no labels', () => calibrationChart(wrong(undefined), [[0.5, 0.5]]), 'calibrationChart: labels must be a list of numbers, got nothing'],
    ['a forgotten await', () => calibrationChart([1], later), 'got a promise; write await in front of it'],
    ['labels of others', () => calibrationChart([1, 0], [[0.5, 0.5]]), 'calibrationChart: 2 labels but probabilities of 1 images; both must be of the same'],
    ['a class that is none', () => calibrationChart([2], [[0.5, 0.5]]), 'calibrationChart: labels must be class numbers from 0 to 1, got 2'],
    ['scores', () => calibrationChart([1], [[2, -1]]), 'calibrationChart: probabilities must lie between 0 and 1, got 2'],
    ['limits that fall', () => calibrationChart([1], [[0.5, 0.5]], {edges: [0, 0.9, 0.7, 1]}), 'calibrationChart: edges must rise from 0 to 1, such as [0, 0.7, 0.9, 1], got [0, 0.9, 0.7, 1]'],
    ['no 1 at the end', () => calibrationChart([1], [[0.5, 0.5]], {edges: [0, 0.9]}), 'calibrationChart: edges must rise from 0 to 1'],
  ],
  // prettier-ignore
  confusionChart: [
    ['labels', () => confusionChart(wrong([1])), 'confusionChart: table must be what confusionMatrix(actual, predicted) returns, or {classNames, counts}, got a list of 1 numbers'],
    ['NaN', () => confusionChart({classNames: ['a'], counts: [[NaN]]}), 'confusionChart: table must be'],
    ['a row too few', () => confusionChart({classNames: ['a', 'b'], counts: [[1, 2]]}), 'confusionChart: 2 class names need 2 rows of 2 counts'],
  ],
  // prettier-ignore
  historyChart: [
    ['nothing', () => historyChart(wrong(undefined)), 'historyChart: history must be what fit returns, or {epoch, history}, got nothing'],
    ['a forgotten await', () => historyChart(later), 'got a promise; write await in front of it'],
    ['metrics alone', () => historyChart(wrong({loss: [1]})), 'historyChart: history must be what fit returns, or {epoch, history}, got an object with loss'],
    ['no epoch', () => historyChart({epoch: [], history: {}}), 'historyChart: the history holds no epoch yet'],
  ],
  // prettier-ignore
  probabilityChart: [
    ['nothing', () => probabilityChart(wrong(undefined)), 'probabilityChart: probabilities must be a list of probabilities, a list of such lists, or the tensor that predict returns, got nothing'],
    ['a forgotten await', () => probabilityChart(later), 'got a promise; write await in front of it'],
    ['an empty list', () => probabilityChart([]), 'probabilityChart: probabilities hold no image; expected one at least'],
    ['scores', () => probabilityChart([2.5, -1]), "probabilityChart: probabilities must lie between 0 and 1, got 2.5; the model's last layer needs softmax or sigmoid"],
    ['NaN', () => probabilityChart([NaN, 0.5]), 'probabilityChart: probabilities must lie between 0 and 1, got NaN'],
    ['names alone', () => probabilityChart([0.5, 0.5], wrong(['a', 'b'])), 'probabilityChart: options must be an object such as {classNames: …}'],
    ['images of all', () => probabilityChart([0.5, 0.5], {images: set}), 'probabilityChart: 1 rows of probabilities need as many images, got 4; images.select(indices) picks them'],
    ['one number for actual', () => probabilityChart([0.5, 0.5], {actual: wrong(1)}), 'probabilityChart: actual must be a list of numbers, got 1'],
    ['a class that is none', () => probabilityChart([0.5, 0.5], {actual: [9]}), 'probabilityChart: actual holds class 9 but there are classes 0 to 1 only'],
  ],
  // prettier-ignore
  featureMapChart: [
    ['nothing', () => featureMapChart(wrong(undefined)), 'featureMapChart: maps must be an ImageSet, a tensor, or {pixels, shape}, got nothing'],
    ['several images', () => featureMapChart(tf.ones([4, 6, 5, 2])), 'featureMapChart: expected the maps of one image'],
    ['no maps', () => featureMapChart(tf.ones([6, 5, 0])), 'featureMapChart: expected the maps of one image'],
    ['no columns', () => featureMapChart(tf.ones([6, 5, 2]), {columns: 0}), 'featureMapChart: columns must be a whole number of at least 1, got 0'],
  ],
  // prettier-ignore
  figureToPng: [
    ['nothing', () => figureToPng(wrong(undefined)), 'figureToPng: figure must be a figure such as historyChart(history) returns, {data, layout}, got nothing'],
    ['a picture', () => figureToPng(wrong(picture(set, 1))), '{data, layout}, got a Picture'],
    ['a width below 0', () => figureToPng(figure, {width: -1}), 'figureToPng: width must be a number greater than 0, got -1'],
    ['a huge width', () => figureToPng(figure, {width: 1e6}), 'figureToPng: 1000000 × 380 at scale 2 is too large'],
  ],
};
