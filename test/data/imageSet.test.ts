import {inspect} from 'node:util';
import {describe, expect, test} from '@jest/globals';
import {ImageSet, tf} from 'convlab';

const set = new ImageSet(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 255]), [2, 2, 2], Uint8Array.from([3, 9]));

describe('ImageSet', () => {
  test('knows its length and gives an image as a view', () => {
    expect(set.length).toBe(2);
    expect([...set.image(1)]).toEqual([5, 6, 7, 255]);
    expect(set.image(1).buffer).toBe(set.pixels.buffer);
  });

  test('select(indices) keeps the order asked for and may repeat', () => {
    const some = set.select([1, 0, 1]);
    expect(some.shape).toEqual([3, 2, 2]);
    expect([...some.labels]).toEqual([9, 3, 9]);
    expect([...some.image(2)]).toEqual([5, 6, 7, 255]);
  });

  test('select([]) is an empty set of the same image size', () => {
    expect(set.select([]).shape).toEqual([0, 2, 2]);
  });

  test('prints itself: how many, of which size and depth, their range, how many of each class', () => {
    expect(String(set)).toBe(
      'ImageSet of 2 grey images, 2 x 2, 8 bits, values 1 to 255\nimages of each class: 3: 1, 9: 1',
    );
    expect(inspect(set.select([]))).toBe('ImageSet of 0 grey images, 2 x 2, 8 bits');
    const many = new ImageSet(
      new Float32Array(3 * 30).fill(0.5),
      [30, 1, 1, 3],
      Uint8Array.from({length: 30}, (_, i) => i),
    );
    expect(String(many)).toMatch(/^ImageSet of 30 colour images, 1 x 1, .*, values 0.5 to 0.5\n.*0: 1, 1: 1, .*, …$/);
  });

  test('tensor() has the same shape and the same values, unscaled', () => {
    const tensor = set.tensor();
    expect(tensor.shape).toEqual([2, 2, 2]);
    expect(tensor.dtype).toBe('float32');
    expect([...tensor.dataSync()]).toEqual([1, 2, 3, 4, 5, 6, 7, 255]);
    tensor.dispose();
  });

  test('tensor() of pixels that lie amid other bytes, and of none', () => {
    const amid = Uint8Array.from({length: 200}, (_, i) => i).subarray(3, 199);
    const tensor = new ImageSet(amid, [1, 14, 14], new Uint8Array(1)).tensor();
    expect([...tensor.dataSync()]).toEqual([...amid]);
    expect(set.select([]).tensor().shape).toEqual([0, 2, 2]);
    tensor.dispose();
  });

  test('holds 16 bits and floats as they are, through image, select and tensor', () => {
    for (const pixels of [Uint16Array.of(0, 1, 4095, 65535), Float32Array.of(-99, 0.25, 1e6, 0.1)]) {
      const deep = new ImageSet(pixels, [2, 1, 2], Uint8Array.of(1, 0));
      expect(deep.image(1)).toEqual(pixels.subarray(2));
      expect(deep.select([1, 0]).pixels).toEqual(pixels.map((_, i) => pixels[(i + 2) % 4]!));
      const tensor = deep.tensor();
      expect(tensor.dtype).toBe('float32');
      expect(tensor.dataSync()).toEqual(Float32Array.from(pixels));
      // A tensor is a copy: whoever changes the pixels doesn't change it.
      const first = pixels[0]!;
      pixels[0] = 7;
      expect(tensor.dataSync()[0]).toBe(first);
      tensor.dispose();
    }
  });

  test('tensor() of 16 bits that lie amid other numbers', () => {
    const amid = Uint16Array.from({length: 50}, (_, i) => 1000 * i).subarray(3, 15);
    const tensor = new ImageSet(amid, [3, 2, 2], new Uint8Array(3)).tensor();
    expect([...tensor.dataSync()]).toEqual([...amid]);
    tensor.dispose();
  });

  test('tensor() is independent of the pixels, and leaves nothing else in memory', () => {
    const pixels = new Uint8Array(28 * 28 * 100).fill(9);
    const before = tf.memory().numTensors;
    const tensor = new ImageSet(pixels, [100, 28, 28], new Uint8Array(100)).tensor();
    pixels.fill(0);
    expect(tensor.min().dataSync()[0]).toBe(9);
    tensor.dispose();
    expect(tf.memory().numTensors).toBe(before + 1); // the minimum
  });

  test.each([-1, 2, 0.5, NaN])('image(%p) is out of range', (i) => {
    expect(() => set.image(i)).toThrow(/ImageSet.image: index .* is out of range; this set has images 0 to 1/);
    expect(() => set.select([i])).toThrow(/ImageSet.select: index .* is out of range/);
  });

  test('refuses a shape that the pixels do not fill', () => {
    expect(() => new ImageSet(new Uint8Array(7), [2, 2, 2], new Uint8Array(2))).toThrow(/needs 8 pixel values, got 7/);
  });

  test('refuses labels of another number than the images', () => {
    expect(() => new ImageSet(new Uint8Array(8), [2, 2, 2], new Uint8Array(3))).toThrow(/need 2 labels, got 3/);
  });

  test('refuses a shape that is not of images', () => {
    expect(() => new ImageSet(new Uint8Array(8), [8], new Uint8Array(8))).toThrow(/\[n, height, width\].* got \[8\]/);
  });
});
