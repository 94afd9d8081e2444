import {
  calibrationChart,
  confusionChart,
  embeddingChart,
  featureMapChart,
  type Figure,
  History,
  historyChart,
  probabilityChart,
  runsChart,
  saliencyChart,
  stripChart,
  tf,
} from 'convlab';

export const history = new History();
history.add(0, {loss: 0.4, accuracy: 0.88, val_loss: 0.14, val_accuracy: 0.958});
history.add(1, {loss: 0.12, accuracy: 0.96, val_loss: 0.09, val_accuracy: 0.973});
history.add(2, {loss: 0.08, accuracy: 0.975, val_loss: 0.1, val_accuracy: 0.971});

export const table = {
  classNames: ['2', '7', 'a<b>'],
  counts: [
    [1000, 5, 0],
    [17, 1011, 0],
    [0, 0, 0],
  ],
};

export const points = [
  [0, 0],
  [1, 0.123456],
  [5, 5],
];
const stripes = tf.tensor3d(
  Float32Array.from({length: 12 * 12 * 3}, (_, i) => Math.floor(i / 3) % [2, 3, 12][i % 3]!),
  [12, 12, 3],
);
const images = {pixels: Uint8Array.from({length: 2 * 28 * 28}, (_, i) => (i * 7) % 256), shape: [2, 28, 28]};

/** One of every chart. */
export const figures: Record<string, () => Figure> = {
  history: () => historyChart(history),
  calibration: () =>
    calibrationChart([1, 0, 1, 1, 0, 1], [[0.4], [0.6], [0.7], [0.9], [0.2], [0.95]], {edges: [0, 0.7, 0.9, 1]}),
  confusion: () => confusionChart(table),
  embedding: () =>
    embeddingChart(points, {labels: [0, 0, 1], predicted: [0, 1, 1], indices: [7, 8, 9], classNames: ['a<b', 'c']}),
  featureMaps: () => featureMapChart(stripes, {columns: 2, title: 'a < b'}),
  probabilities: () =>
    probabilityChart(
      [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
      {classNames: ['cat', 'dog'], images, actual: [1, 1]},
    ),
  runs: () =>
    runsChart({'no dropout': [31, 28, 35], dropout: [24, 30, 22]}, {title: 'Two kinds', measure: 'mistakes of 1,000'}),
  strip: () => stripChart({control: [4.2, 5.1, 4.8], treated: [5.9, 6.3]}, {title: 'Two groups', measure: 'g'}),
  saliency: () =>
    saliencyChart(
      {pixels: Uint8Array.of(0, 255, 255, 0, 128, 0), shape: [1, 2, 3]},
      tf.tensor2d([
        [0, 0.5, -2],
        [0, 0, 0.25],
      ]),
      {title: 'a < b', measure: 'loss <i>'},
    ),
};
