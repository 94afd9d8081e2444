import {classificationReport, confusionMatrix, misclassified, tf} from 'convlab';
import {type Cases, later, wrong} from './common';

export const evaluationCases: Cases = {
  // prettier-ignore
  confusionMatrix: [
    ['nothing', () => confusionMatrix(wrong(undefined), [1]), 'confusionMatrix: actual must be a list of class numbers, got nothing'],
    ['tensors', () => confusionMatrix(wrong(tf.tensor1d([1])), wrong(tf.tensor1d([1]))), 'confusionMatrix: actual must be a list of class numbers, got a tensor of shape [1]; of a tensor, await tensor.data() gives one'],
    ['a forgotten await', () => confusionMatrix([1], later), 'confusionMatrix: predicted must be a list of class numbers, got a promise; write await in front of it'],
    [
      'one-hot rows',
      () =>
        confusionMatrix(
          [0, 1],
          wrong([
            [1, 0],
            [0, 1],
          ]),
        ),
      'got a list of 2 numbers in predicted at 0; turn probabilities into class numbers with predictions.argMax(-1).dataSync()',
    ],
    ['texts', () => confusionMatrix(wrong(['1']), wrong(['1'])), "confusionMatrix: expected class numbers 0, 1, 2, …, got the text '1' in actual at 0"],
    ['nothing in it', () => confusionMatrix([], []), 'confusionMatrix: there are no labels; expected at least one'],
    ['names alone', () => confusionMatrix([1], [1], wrong(['a', 'b'])), 'confusionMatrix: options must be an object such as {classNames: …}, got a list of 2 strings'],
    ['numbers for names', () => confusionMatrix([1], [1], {classNames: wrong([0, 1])}), 'confusionMatrix: classNames must be a list of texts, got a list of 2 numbers'],
    ['a name too few', () => confusionMatrix([1], [1], {classNames: ['a']}), 'confusionMatrix: class 1 occurs but there are only 1 classNames'],
  ],
  // prettier-ignore
  misclassified: [
    ['tensors', () => misclassified(wrong(tf.tensor1d([1])), wrong(tf.tensor1d([1]))), 'misclassified: actual must be a list of class numbers'],
    ['classes alone', () => misclassified([7], [2], wrong(7)), 'misclassified: options must be an object such as {actual: …}, got 7'],
    ['a class as text', () => misclassified([7], [2], {actual: wrong('7')}), "misclassified: actual must be a whole number, got the text '7'"],
  ],
  // prettier-ignore
  classificationReport: [
    ['nothing', () => classificationReport(wrong(undefined)), 'classificationReport: matrix must be what confusionMatrix(actual, predicted) returns, got nothing'],
    ['labels', () => classificationReport(wrong([1])), 'classificationReport: matrix must be what confusionMatrix(actual, predicted) returns, got a list of 1 numbers'],
  ],
};
