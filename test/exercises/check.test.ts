import {expect, test} from '@jest/globals';
import {check, tf} from 'convlab';

// [exercise, right answers, usual slips with a part of what is said of them]
const EXERCISES: [name: string, right: unknown[], slips: [answer: unknown, said: string][]][] = [
  [
    '1.1',
    [60],
    [
      [39, 'counted from 0'],
      [54, 'first plate'],
    ],
  ],
  [
    '1.2',
    [(count: number) => (count / 60) * 100, (count: number) => (100 * count) / 60],
    [
      [(count: number) => count / 60, 'per cm²'],
      [(count: number) => count * 100, 'no part in it yet'],
      [(count: number) => count * 60 * 100, 'fewer colonies'],
      [(count: number) => count / 60 / 100, 'not fewer'],
    ],
  ],
  [
    '2.1',
    [11791],
    [
      [5842, 'fours alone'],
      [5949, 'nines alone'],
      [7, 'look at the hints'],
    ],
  ],
  ['2.2', [[15, 29, 38, 42, 52], Uint8Array.of(15, 29, 38, 42, 52)], [[[16, 30, 39, 43, 53], 'counted from 0']]],
  [
    '3.1',
    [(v: number) => v / 4095],
    [
      [(v: number) => v / 255, '8 bits'],
      [(v: number) => v / 4096, 'exactly 1'],
    ],
  ],
  [
    '3.2',
    [3200],
    [
      [3900, 'from the test pictures'],
      [255, '8 bits'],
      [4095, '12 bits'],
      [3550, 'a part of the test pictures'],
    ],
  ],
  ['3.3', [[500, 80, 100, 3], tf.tensor1d([500, 80, 100, 3])], [[[500, 100, 80, 3], 'height comes before its width']]],
  [
    '4.1',
    [448],
    [
      [432, 'one number more'],
      [160, 'as deep as its input'],
    ],
  ],
  [
    '4.2',
    [30],
    [
      [31, '5 wide'],
      [60, 'before pooling'],
    ],
  ],
  [
    '4.3',
    [(w: number, g: number, rate: number) => w - g * rate],
    [
      [(w: number, g: number, rate: number) => w + g * rate, 'uphill'],
      [(w: number, g: number) => w - g, 'learning rate'],
    ],
  ],
  [
    '5.1',
    [0.0108972, 0.011],
    [
      [0.00011875, 'its square'],
      [1.0897, 'per cent'],
    ],
  ],
  [
    '5.2',
    [0.875],
    [
      [0.7, 'recall'],
      [0.8, 'accuracy'],
    ],
  ],
  ['5.3', [(p: number[]) => p.indexOf(Math.max(...p))], [[(p: number[]) => Math.max(...p), 'which class']]],
  [
    '6.1',
    [36992],
    [
      [9248, 'four bytes'],
      [36864, 'biases'],
    ],
  ],
  [
    '6.2',
    ['wild', ' Wild'],
    [
      ['cultivated', 'order in which you were told'],
      ['hybrid', 'counted from 0'],
      ['einkorn', 'look at the hints'],
    ],
  ],
  [
    '7.1',
    [1.25],
    [
      [0.8, 'share that is left'],
      [1.2, 'not yet 1'],
    ],
  ],
  [
    '7.2',
    [(one: number[], other: number[]) => one.filter((mistakes) => mistakes < Math.min(...other)).length],
    [
      [
        (one: number[], other: number[]) => one.filter((mistakes) => mistakes < Math.max(...other)).length,
        'asked is its best',
      ],
      [
        (one: number[], other: number[]) => one.filter((mistakes) => mistakes <= Math.min(...other)).length,
        'not fewer',
      ],
      [
        (one: number[], other: number[]) => one.filter((mistakes) => mistakes > Math.min(...other)).length,
        'more mistakes',
      ],
      [
        (one: number[], other: number[]) => one.filter((mistakes) => mistakes < Math.min(...other)).length / one.length,
        'asked is how many',
      ],
    ],
  ],
  [
    '8.1',
    [484],
    [
      [784, 'over the edge'],
      [441, 'first place counts'],
      [576, '5 wide'],
    ],
  ],
  [
    '8.2',
    [(losses: number[], limit: number) => losses.filter((loss) => loss > limit).length],
    [
      [(losses: number[]) => losses.filter((loss) => loss > 0.5).length, 'second argument'],
      [(losses: number[], limit: number) => losses.filter((loss) => Math.abs(loss) > limit).length, 'a gain'],
      [(losses: number[]) => Math.max(...losses), 'largest loss'],
    ],
  ],
  ['9.1', [(groups: string[]) => new Set(groups).size], [[(groups: string[]) => groups.length, 'several']]],
  [
    '9.2',
    [0.05 ** (1 / 18), 0.85],
    [
      [0.95 ** 18, 'other way round'],
      [1 - 0.05 ** (1 / 18), 'share of mistakes'],
    ],
  ],
  [
    '10.1',
    [2],
    [
      [48, 'photographs'],
      [8, 'mice'],
      [10, 'in all'],
      [240, 'look at the hints'],
    ],
  ],
  [
    '10.2',
    [(counts: number[]) => counts.map((count) => Math.max(...counts) / count)],
    [
      [(counts: number[]) => counts.map((count) => count / Math.max(...counts)), 'counts less'],
      [(counts: number[]) => counts.map((count) => sum(counts) / count), 'count once'],
      [(counts: number[]) => counts.map((count) => sum(counts) / counts.length / count), 'scikit-learn'],
      [(counts: number[]) => counts.map((count) => 1 / count), 'count once'],
      [(counts: number[]) => counts.map((count) => count / sum(counts)), 'other way'],
    ],
  ],
];

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

test.each(EXERCISES)(
  'exercise %s takes right answers, and says what was done in the usual slips',
  (name, right, slips) => {
    for (const answer of right) expect(check(name, answer).toString()).toBe(`✓ Exercise ${name}: right!`);
    for (const [answer, said] of slips) {
      const verdict = check(name, answer);
      expect(verdict.right).toBe(false);
      expect(verdict.message).toContain(said);
    }
  },
);

test.each(EXERCISES)(
  'exercise %s asks for an answer where there is none, and for its kind where there is another',
  (name) => {
    expect(check(name, undefined).toString()).toMatch(
      RegExp(`^✗ Exercise ${name}: no answer yet. In place of undefined, write .*[.]$`),
    );
    for (const strange of [null, {}, NaN, Symbol('x'), () => 'text', [['a']]]) {
      expect(check(name, strange).right).toBe(false);
    }
    expect(check(name, null).message).toMatch(/^not yet. Expected an? /);
  },
);

test('a verdict shows itself, and as text it begins with its sign', () => {
  expect(check('4.2', 30).toHTML()).toContain('✓ Exercise 4.2: right!');
  expect(check('4.2', 31).toHTML()).toContain('✗ Exercise 4.2');
});

test('check names the exercises that there are', () => {
  expect(() => check('9.9', 1)).toThrow('check: there is no exercise 9.9; there are 1.1, 1.2, 2.1');
});

test('a function that fails is no right answer, and fails nothing', () => {
  const fail = () => {
    throw new Error('mine');
  };
  expect(check('4.3', fail).right).toBe(false);
});
