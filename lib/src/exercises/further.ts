import type {Exercise} from './exercise';

/** Notebooks 07 to 10. */
export const FURTHER: Readonly<Record<string, Exercise>> = {
  '7.1': {
    kind: 'number',
    expected: 'a number, such as 0.5',
    digits: 3,
    digest: 'c96ad6e522efd7da',
    slips: {
      '6fac199275921a52': 'That is the share that is left. By which factor must it grow for the sum to stay the same?',
      f52b2d666ae85b57: 'That would be right if 0.8 of them were set to 0.',
      '79022ddb5682f07d': 'Nearly: 0.8 times 1.2 is not yet 1.',
    },
  },
  '7.2': {
    kind: 'function',
    expected: 'a function of two lists: (one: number[], other: number[]) => …',
    digits: 4,
    calls: [
      [
        [148, 250, 179, 247],
        [247, 316, 333],
      ],
      [
        [226, 243],
        [247, 316, 333],
      ],
      [
        [400, 391],
        [247, 391],
      ],
    ],
    digest: 'd8a5ec952e1f3a43',
    slips: {
      '2d682eddf22ab78c': 'That compares with the worst run of the second; asked is its best.',
      '7300a5aa35dc415c': 'As many mistakes are not fewer.',
      '8a59c2e436cf11b7': 'That counts the runs with more mistakes.',
      b96189f880e69594: 'That is the share of the runs; asked is how many.',
    },
  },
  '8.1': {
    kind: 'number',
    expected: 'a number of places',
    digits: 4,
    digest: '0d7e614029a683dc',
    slips: {
      fb6fc00375a4a4e8: 'So many there are when the square may stick out over the edge.',
      '2bd863fd2da88f3b': 'Nearly: the first place counts, too. At how many places does a square 7 wide fit into 8?',
      fdd89504b069fb1c: 'That is for a square 5 wide.',
    },
  },
  '8.2': {
    kind: 'function',
    expected: 'a function of a list and a number: (losses: number[], limit: number) => …',
    digits: 4,
    calls: [
      [[0.9, 0.2, 0.6], 0.5],
      [[0.1, -0.7, 0.05], 0.5],
      [[0.3, 0.4, 0.2], 0.25],
    ],
    digest: 'f697165ff3454081',
    slips: {
      '782064482eda1c19': 'The limit is not always 0.5: it is the second argument.',
      d5de83be3e5c5c6a: 'A negative loss is a gain, and does not count.',
      '95c083a21af759d6': 'That is the share of the places; asked is how many.',
      '8ce56e44a2245659': 'That counts those below the limit.',
      '822b158aff38e9ba': 'That is the largest loss; asked is how many are above the limit.',
    },
  },
  '9.1': {
    kind: 'function',
    expected: 'a function of a list of names: (groups: string[]) => …',
    digits: 4,
    calls: [[['p1', 'p1', 'p2']], [['a', 'b', 'a', 'b']], [['x']]],
    digest: 'b5735bc1bee198a2',
    slips: {
      '93cef943bf5951be': 'So many pictures there are; of one patient there may be several.',
    },
  },
  '9.2': {
    kind: 'number',
    expected: 'a number from 0 to 1',
    digits: 2,
    digest: '451e87cc54f78cca',
    slips: {
      '9d8dfc2ebcb562f9':
        'That is how often a network that is right for 95 of 100 reads all 18. Asked is the other way round.',
      ca40ce148efe44f8: 'A power, yes, but the other way round: which number to the power of 18 is 0.05?',
      '5094a961968b6874': 'That is the share of mistakes; asked is that of right answers.',
    },
  },
  '10.1': {
    kind: 'number',
    expected: 'a number of cases',
    digits: 5,
    digest: 'd6079524dfbf1ace',
    slips: {
      '2ba3df09f85dca40': 'So many photographs are in the test.',
      cec61e87537ac9f5: 'So many mice are in the test. Are those of one litter independent?',
      '70729c2df8887fb3': 'So many litters there are in all. How many are in the test?',
    },
  },
  '10.2': {
    kind: 'function',
    expected: 'a function of a list: (counts: number[]) => …',
    digits: 4,
    calls: [[[200, 200, 200, 200, 10]], [[50, 100]], [[30, 30, 30]]],
    digest: '2906bab7c67ccb16',
    slips: {
      '7f7388899a85b922': 'So a rare class counts less. It should count more.',
      b06fe49ad514b928: 'The proportions are right. But the commonest class should count once.',
      '521af58ab2489114':
        'The proportions are right, and scikit-learn weights so. But here the commonest class should count once.',
      '8260ab2fb4da0908': 'The proportions are right. But the commonest class should count once.',
      '900002690acd55c4': 'That is the share of each class. The weights go the other way.',
    },
  },
};
