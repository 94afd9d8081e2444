import {afterEach, expect, test} from '@jest/globals';
import {findKernel, KERNEL, type Kernel} from '../../lib/src/notebook/kernel';

const place = globalThis as {[KERNEL]?: Kernel};

afterEach(() => {
  Reflect.deleteProperty(globalThis, KERNEL);
});

test('findKernel finds none in a program that is no notebook', () => {
  expect(findKernel()).toBeUndefined();
});

test('findKernel finds the kernel where any copy of this library finds it', () => {
  const kernel = {display: () => undefined} as unknown as Kernel;
  place[KERNEL] = kernel;
  expect(findKernel()).toBe(kernel);
  expect(Reflect.get(globalThis, Symbol.for('convlab.kernel'))).toBe(kernel);
});
