import {expect, test} from '@jest/globals';
import {halfToNumber} from '../../lib/src/data/half';

test('halfToNumber(bits) reads floats of 16 bits as NumPy does, the smallest and the largest too', () => {
  // np.array([…], np.uint16).view(np.float16).astype(float)
  const numbers = [0x0000, 0x8000, 0x3c00, 0xc100, 0x3555, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x7c00, 0xfc00, 0x7e00];
  expect(numbers.map(halfToNumber)).toEqual([
    0,
    -0,
    1,
    -2.5,
    0.333251953125,
    5.960464477539063e-8,
    0.00006097555160522461,
    0.00006103515625,
    65504,
    Infinity,
    -Infinity,
    NaN,
  ]);
});
