import {expect, test} from '@jest/globals';
import {calibrationChart, tf} from 'convlab';

/** Two hundred answers between two classes, of every sureness. */
const probability = Array.from({length: 200}, (_, i) => ((i * 37) % 101) / 101);
const labels = probability.map((_, i) => ((i * 53) % 7 < 3 ? 1 : 0));
const pointsOf = (figure: ReturnType<typeof calibrationChart>) =>
  figure.data[1] as unknown as {
    x: number[];
    y: number[];
    text: string[];
    error_y: {array: number[]; arrayminus: number[]};
  };

test('calibrationChart has the points of scikit-learn’s calibration_curve', () => {
  const {x, y, text} = pointsOf(
    calibrationChart(
      labels,
      probability.map((p) => [1 - p, p]),
    ),
  );
  // calibration_curve(right, sureness, n_bins=10) of scikit-learn 1.x, rounded to six decimals; groups without answers are left out.
  const says = [0.549505, 0.648896, 0.747906, 0.846535, 0.948138];
  const right = [0.55, 0.538462, 0.461538, 0.5, 0.52381];
  expect(x).toHaveLength(5);
  x.forEach((value, i) => {
    expect(value).toBeCloseTo(says[i]!, 6);
  });
  y.forEach((value, i) => {
    expect(value).toBeCloseTo(right[i]!, 6);
  });
  expect(text).toEqual(['40', '39', '39', '40', '42']);
});

test('calibrationChart takes one column, as of a sigmoid, for the probability of class 1', () => {
  const one = pointsOf(
    calibrationChart(
      labels,
      tf.tensor2d(
        probability.map((p) => [p]),
        [200, 1],
      ),
    ),
  );
  const two = pointsOf(
    calibrationChart(
      labels,
      probability.map((p) => [1 - p, p]),
    ),
  );
  expect(one.text).toEqual(two.text);
  expect(one.y).toEqual(two.y);
});

test('calibrationChart draws the interval of Wilson, which is none of width 0 where all are right', () => {
  const {y, error_y} = pointsOf(calibrationChart([0, 0, 0, 0, 0], Array(5).fill([0.95, 0.05]), {edges: [0, 1]}));
  // scipy.stats.binomtest(5, 5).proportion_ci(method='wilson'): 0.5655 to 1
  expect(y).toEqual([1]);
  expect(error_y.array[0]).toBeCloseTo(0, 6);
  expect(error_y.arrayminus[0]).toBeCloseTo(0.4345, 4);
});

test('calibrationChart puts a limit into the group that begins there, and 1 into the last', () => {
  const {text} = pointsOf(calibrationChart([1, 1, 1, 1], [[0.7], [0.9], [1], [0.6]], {edges: [0, 0.7, 0.9, 1]}));
  expect(text).toEqual(['1', '1', '2']);
});
