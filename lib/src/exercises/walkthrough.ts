import type {Exercise} from './exercise';

/** Notebooks 01 to 06. */
export const WALKTHROUGH: Readonly<Record<string, Exercise>> = {
  '1.1': {
    kind: 'number',
    expected: 'a number: how many colonies',
    digits: 4,
    digest: '9b84dd80e75949f7',
    slips: {
      '58f58d5846eb9113': 'Positions are counted from 0 here: 3 is the fourth plate.',
      '5275b918620635f7': 'Positions are counted from 0 here: 1 is the second plate.',
      '39b62d029200a024': 'That is the first plate.',
    },
  },
  '1.2': {
    kind: 'function',
    expected: 'a function, such as (count: number) => 2 * count',
    digits: 5,
    calls: [[54], [48], [0]],
    digest: '20fa4a16398857a8',
    slips: {
      '5932504a0942fb72': 'That is per cm². How many are there on 100 of them?',
      '04e0b493fb15c662': 'The 60 cm² of the plate have no part in it yet.',
      d933d76f540104e9: 'On 1 cm² there are fewer colonies than on the whole plate.',
      efe68f768f0c84c7: 'On 100 cm² there are more colonies than on one, not fewer.',
    },
  },
  '2.1': {
    kind: 'number',
    expected: 'a number: how many pictures',
    digits: 5,
    digest: '759479ad46fe6da5',
    slips: {
      be2f51a2d97106ef: 'That is the fours alone.',
      '45e618532e2641fd': 'That is the nines alone.',
    },
  },
  '2.2': {
    kind: 'list',
    expected: 'a list of five positions, such as [1, 2, 3, 4, 5]',
    digits: 5,
    digest: '3b3c38976ae575bd',
    slips: {
      '35ce1839cb916e84': 'Positions are counted from 0 here, not from 1.',
    },
  },
  '3.1': {
    kind: 'function',
    expected: 'a function, such as (value: number) => 2 * value',
    digits: 4,
    calls: [[0], [1000], [2047.5], [4095]],
    digest: 'f6e4f3468dedee9d',
    slips: {
      '24f78672df0eea00': 'That suits 8 bits, where the largest value is 255.',
      '488dbda3d71be1cc': 'Nearly: the largest value should become exactly 1.',
      '75215d0683f3af03': 'Which value becomes 1 now?',
    },
  },
  '3.2': {
    kind: 'number',
    expected: 'a number, such as 255',
    digits: 5,
    digest: '648bbef4bd95540b',
    slips: {
      d9a49a93cb89eaf4: 'That number is taken from the test pictures: then they are prepared differently.',
      '4c750ab2c778d50e': 'That suits 8 bits, where no value is larger than 255.',
      cd2f37dac4a3ea29: 'That suits 12 bits; here nobody knows how large the values can get.',
      b6a874577bfdb63a: 'The mean has a part of the test pictures in it.',
    },
  },
  '3.3': {
    kind: 'list',
    expected: 'a list of four numbers',
    digits: 6,
    digest: 'e310f16e748d9a32',
    slips: {
      '0d3d101d2040a3c1': 'A picture is stored row by row: its height comes before its width.',
      '03060dbbf3852ce7': 'Colour has three channels.',
      '63bd1588ace8e227': 'The channels come last here.',
    },
  },
  '4.1': {
    kind: 'number',
    expected: 'a number of parameters',
    digits: 6,
    digest: '86e79cf2c8508f01',
    slips: {
      e3edd1829b4ab97d: 'Each filter has one number more than its weights.',
      b147199cdbd68f2e: 'A filter is as deep as its input has channels.',
      c686df5a8dba358c: 'A filter is as deep as its input has channels, and has one number more than its weights.',
      '25194dad9a2e21e3': 'That is one filter.',
    },
  },
  '4.2': {
    kind: 'number',
    expected: 'a number: how many rows',
    digits: 4,
    digest: 'fbe349c888b37947',
    slips: {
      c4b2114eea7a46ed: 'That is before pooling.',
      d766ff1e7e780064: 'The filter is 5 wide here, not 3.',
      '777c3aa8e7dcbaaf': 'Without padding the filter loses some places at the border.',
      '207d978bfd522c13': 'At how many places does a filter 5 wide fit into 64? Try it with 5 into 6.',
    },
  },
  '4.3': {
    kind: 'function',
    expected: 'a function of three numbers: (weight: number, gradient: number, rate: number) => …',
    digits: 5,
    calls: [
      [1, 2, 0.1],
      [0, -3, 0.5],
      [2, 0, 0.1],
    ],
    digest: '79777657627ae70f',
    slips: {
      '63d7b9a10baf8d99': 'This way the loss grows: the gradient points uphill.',
      '6be01587bbe3c367': 'The learning rate has no part in it yet.',
      '5049967b5fa9ba2d': 'That is the step. Where does it lead from the old weight?',
      '80a25d127bbb3eae': 'That is the step uphill, without the old weight.',
    },
  },
  '5.1': {
    kind: 'number',
    expected: 'a number, such as 0.05',
    digits: 2,
    digest: 'd29b417baf024045',
    slips: {
      a3e6107f94759199: 'That is its square.',
      '645114155c0fea64': 'The number of pictures has no part in it yet.',
      aefc3f862d3097b8: 'Right in per cent; give it as a share.',
    },
  },
  '5.2': {
    kind: 'number',
    expected: 'a number from 0 to 1',
    digits: 3,
    digest: '147fac2716c29eae',
    slips: {
      '456edb61a58ad4f6': 'That is the recall: of all diseased cells, which share was found.',
      '91c672e42e30dd8e': 'That is the accuracy.',
      '297893ec978bfdeb': 'That is the precision of healthy.',
    },
  },
  '5.3': {
    kind: 'function',
    expected: 'a function of a list: (probabilities: number[]) => …',
    digits: 4,
    calls: [[[0.1, 0.7, 0.2]], [[0.5, 0.3, 0.2]], [[0, 0.1, 0.9]]],
    digest: 'dca0ca0de8809c1e',
    slips: {
      '12f331779ef918a6': 'That is how probable it is; asked is which class it is.',
      '974593fc3d38a23f': 'Positions are counted from 0 here, not from 1.',
    },
  },
  '6.1': {
    kind: 'number',
    expected: 'a number of bytes',
    digits: 6,
    digest: '4cf12ed45250d8e1',
    slips: {
      a01be04e5063f1ef: 'That is how many numbers; each takes four bytes.',
      '3750ccc1fea7005b': 'The biases are kept, too.',
    },
  },
  '6.2': {
    kind: 'text',
    expected: "a name in quotes, such as 'wheat'",
    digest: 'abd68ac865f024f1',
    slips: {
      a7a85e253db3c66d: 'That is the order in which you were told. In which order did the program list them?',
      '106769b191d9496e': 'Outputs are counted from 0 here, not from 1.',
    },
  },
};
