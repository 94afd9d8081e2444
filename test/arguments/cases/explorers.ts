import {check, convolutionExplorer, gradientDescentExplorer, interact, poolingExplorer, softmaxExplorer} from 'convlab';
import {type Cases, set, wrong} from './common';

const one = set.select([0]);

export const explorerCases: Cases = {
  // prettier-ignore
  check: [
    ['a name that is no exercise', () => check('nonsense', 1), 'check: there is no exercise nonsense; there are '],
    ['a number for the name', () => check(wrong(3), 1), 'check: exercise must be '],
  ],
  // prettier-ignore
  convolutionExplorer: [
    ['several pictures', () => convolutionExplorer(set), 'convolutionExplorer: '],
    ['a filter of two rows', () => convolutionExplorer(one, {filter: [[1, 2, 3], [4, 5, 6]]}), 'convolutionExplorer: filter must be three rows of three numbers, got '],
  ],
  // prettier-ignore
  gradientDescentExplorer: [
    ['a point more than values', () => gradientDescentExplorer([1, 2, 3], [1, 2]), 'gradientDescentExplorer: x has 3 numbers but y has 2; expected as many'],
    ['numbers below 0', () => gradientDescentExplorer([-1, 2], [1, 2]), 'gradientDescentExplorer: x must be at least two numbers greater than 0, got '],
  ],
  // prettier-ignore
  interact: [
    ['no control', () => interact({}, () => 1), 'interact: controls must be an object with at least one control, such as {threshold: [0, 1]}, got '],
    ['a value for the function', () => interact({a: [0, 1]}, wrong(3)), 'interact: draw must be a function of the values, got 3'],
    ['a control of no kind', () => interact(wrong({a: null}), () => 1), 'interact: '],
  ],
  poolingExplorer: [['several pictures', () => poolingExplorer(set), 'poolingExplorer: ']],
  // prettier-ignore
  softmaxExplorer: [
    ['one score', () => softmaxExplorer([1]), 'softmaxExplorer: scores must be two to ten numbers from -6 to 6, got '],
    ['a name too few', () => softmaxExplorer([1, 2], {classNames: ['a']}), 'softmaxExplorer: 2 scores need as many classNames, got 1'],
  ],
};
