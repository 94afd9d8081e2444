import {
  augment,
  cover,
  embeddingChart,
  learningRateSchedule,
  nearestNeighbours,
  occlusion,
  runsChart,
  saliencyChart,
  stripChart,
} from 'convlab';
import {type Cases, disposed, later, model, set, wrong, x, y} from './common';

export const insideCases: Cases = {
  // prettier-ignore
  augment: [
    ['labels beside a set', () => augment(set, wrong(y)), 'augment: options must be an object such as {shift: …}, got a tensor of shape [4, 3] of type int32'],
    ['a tensor that is gone', () => augment(disposed, y), 'augment: images must be a tensor, an ImageSet or a stream of ImageSets, got a tensor that was disposed'],
    ['a list of labels', () => augment(x, wrong([0, 1])), "augment: labels must be a tensor, got a list of 2 numbers; tf.tensor1d(train.labels, 'int32') makes one of a list"],
    ['no channel', () => augment(x.squeeze(), y), 'augment: images must be [n, height, width, channels], got [4, 6, 5]; add the channel dimension'],
    ['labels of another set', () => augment(x, y.slice(0, 3)), 'augment: expected as many labels as images'],
    ['a batch of 0', () => augment(x, y, {batchSize: 0}), 'augment: batchSize must be a whole number of at least 1, got 0'],
    ['a name that is none', () => augment(x, y, wrong({shifts: 2})), 'augment: there is no option shifts; there are shift, rotate, zoom, flip, quarterTurns, brightness, contrast, valueRange, batchSize, seed'],
  ],
  // prettier-ignore
  learningRateSchedule: [
    ['a rate', () => learningRateSchedule(wrong(0.001)), 'learningRateSchedule: schedule must be a function of the epoch, counted from 0, and the learning rate before it, got 0.001'],
  ],
  // prettier-ignore
  occlusion: [
    ['no model', () => occlusion(wrong(undefined), x), 'occlusion: model must be a model, made by tf.sequential, tf.model or keras.load, got nothing'],
    ['a set for a tensor', () => occlusion(model, wrong(set)), 'occlusion: image must be a tensor with one image, got an ImageSet'],
    ['a forgotten await', () => occlusion(model, later), 'got a promise; write await in front of it'],
    ['an even square', () => occlusion(model, x.slice(0, 1), {size: 4}), 'occlusion: size must be an odd number of pixels, got 4'],
    ['a class that is none', () => occlusion(model, x.slice(0, 1), {class: 3}), 'occlusion: class 3 does not exist; the model knows classes 0 to 2'],
  ],
  // prettier-ignore
  cover: [
    ['a set for a tensor', () => cover(wrong(set), 0, 0), 'cover: image must be a tensor with one image, got an ImageSet'],
    ['several images', () => cover(x, 0, 0), 'cover: expected one image, [height, width, channels] or [1, height, width, channels]'],
    ['no column', () => cover(x.slice(0, 1), 0, wrong(undefined)), 'cover: column must be a whole number of at least 0, got nothing'],
    ['a place outside', () => cover(x.slice(0, 1), 99, 0), 'cover: row 99, column 0 lies outside an image of 6 x 5 pixels'],
    ['an even square', () => cover(x.slice(0, 1), 0, 0, {size: 2}), 'cover: size must be an odd number of pixels, got 2'],
  ],
  // prettier-ignore
  nearestNeighbours: [
    ['a set for a tensor', () => nearestNeighbours(wrong(set), x), 'nearestNeighbours: points must be a tensor with a row for each point, and one row at least, got an ImageSet; set.tensor() makes one of an ImageSet'],
    ['nothing known', () => nearestNeighbours(x, x.slice(0, 0)), 'nearestNeighbours: known must be a tensor with a row for each point'],
    ['rows of another length', () => nearestNeighbours(x, y), 'nearestNeighbours: points have 30 numbers each and known ones 3; they must be alike'],
    ['more than there are', () => nearestNeighbours(x, x, {count: 9}), 'nearestNeighbours: count is 9, and there are only 4 known points'],
    ['none', () => nearestNeighbours(x, x, {count: 0}), 'nearestNeighbours: count must be a whole number of at least 1, got 0'],
  ],
  // prettier-ignore
  runsChart: [
    ['a list', () => runsChart(wrong([1, 2])), 'runsChart: runs must be an object with a list of numbers for each kind'],
    ['one number', () => runsChart({a: wrong(1)}), 'runsChart: runs must be an object with a list of numbers for each kind'],
    ['a run too few', () => runsChart({a: [1, 2], b: [1]}), 'runsChart: b has 1 runs, and a has 2; expected as many of each'],
    ['nothing in it', () => runsChart({}), 'runsChart: expected 1 to 10 runs of each kind, got 0'],
  ],
  // prettier-ignore
  stripChart: [
    ['a list', () => stripChart(wrong([1, 2])), 'stripChart: values must be an object with a list of numbers'],
    ['no kind', () => stripChart({}), 'stripChart: expected at least one kind, got none'],
    ['an empty kind', () => stripChart({a: [1], b: []}), 'stripChart: b has no numbers; expected at least one of each kind'],
    ['an unknown option', () => stripChart({a: [1]}, wrong({run: 'seed'})), 'stripChart: there is no option run; there are title, measure'],
  ],
  // prettier-ignore
  saliencyChart: [
    ['nothing', () => saliencyChart(wrong(undefined), x), 'saliencyChart: images must be '],
    ['maps of another size', () => saliencyChart(set, x.slice([0, 0, 0, 0], [4, 5, 5, 1])), 'saliencyChart: expected a map for each image'],
    ['one title', () => saliencyChart(set, x, {titles: wrong('a')}), "saliencyChart: titles must be a list of texts, got the text 'a'"],
  ],
  // prettier-ignore
  embeddingChart: [
    ['no points', () => embeddingChart(wrong(undefined), {labels: [0]}), 'embeddingChart: points must be a list of points [x, y], or a tensor [n, 2], got nothing'],
    ['no labels', () => embeddingChart([[0, 1]], wrong(undefined)), 'embeddingChart: labels must be a list of numbers, got nothing'],
    ['labels of another set', () => embeddingChart([[0, 1]], {labels: [0, 1]}), 'embeddingChart: 1 points need as many labels, got 2'],
  ],
};
