import {describe, expect, test} from '@jest/globals';
import {convolutionExplorer, gradientDescentExplorer, poolingExplorer, softmaxExplorer, tf} from 'convlab';
import {JSDOM} from 'jsdom';
import {scriptOf} from '../../lib/src/explorers/script';
import {bundleOf} from '../../lib/src/notebook/show';
import {decode} from '../pictures/pixels';

const image = {pixels: Uint8Array.from({length: 28 * 28}, (_, i) => i % 256), shape: [28, 28]};
const x = [1, 2, 3, 4];
const y = [2.1, 3.9, 6.2, 7.8];
const explorers = {
  convolution: () => convolutionExplorer(image),
  pooling: () => poolingExplorer(tf.ones([1, 26, 26, 1])),
  softmax: () => softmaxExplorer([1, 2, 5]),
  gradientDescent: () => gradientDescentExplorer(x, y),
};

describe.each(Object.entries(explorers))('the %s explorer', (kind, make) => {
  const explorer = make();
  const html = explorer.toHTML();

  test('is one piece of HTML of at most 50 kB that asks for nothing from elsewhere', () => {
    expect(html).toMatch(RegExp(`^<div class="convlab-explorer" data-kind="${kind}"><img src="data:image/png;base64,`));
    expect(html.length).toBeLessThan(50_000);
    // The name of SVG's elements is no address to load from.
    expect(html.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|src="(?!data:)|@import|fetch\(/);
    expect(html).not.toMatch(/^(import|export) /m);
    expect(html.match(/<script/g)).toHaveLength(2);
  });

  test('has a still picture that shows more than white paper, and words for those who see none', () => {
    const {png, width, height} = explorer.staticRender;
    const {at, ...size} = decode(png);
    expect(size).toEqual({width: Math.round(1.5 * width), height: Math.round(1.5 * height)});
    const colours = new Set<string>();
    for (let i = 0; i < size.width; i += 7) for (let j = 0; j < size.height; j += 7) colours.add(String(at(i, j)));
    expect(colours.size).toBeGreaterThan(5);
    expect(html).toContain(`alt="${explorer.alt}"`);
  });

  test('shows itself as HTML, and as words where there is none', () => {
    expect(bundleOf(explorer).data).toEqual({'text/html': html, 'text/plain': `[Explorer: ${explorer.alt}]`});
  });
});

test('convolutionExplorer takes bytes from 0 to 255, and brings other values to 0 to 1 where they go beyond', () => {
  const pixelsOf = (explorer: {data: object}) => (explorer.data as {pixels: number[]}).pixels;
  const nine = [0, 51, 255, 0, 0, 0, 0, 0, 102];
  expect(pixelsOf(convolutionExplorer({pixels: Uint8Array.from(nine), shape: [3, 3]}))).toEqual([
    0, 0.2, 1, 0, 0, 0, 0, 0, 0.4,
  ]);
  expect(
    pixelsOf(
      convolutionExplorer(
        tf.tensor2d([
          [0, 0.5, 0],
          [0, 0, 0],
          [0, 0, 0],
        ]),
      ),
    )[1],
  ).toBe(0.5);
  expect(
    pixelsOf(
      convolutionExplorer(
        tf.tensor2d([
          [-2, 0, 2],
          [0, 0, 0],
          [0, 0, 0],
        ]),
      ),
    ).slice(0, 3),
  ).toEqual([0, 0.5, 1]);
});

test('gradientDescentExplorer calls its axes as it is told, and numbers both', () => {
  const textsOf = (explorer: {data: object}) => {
    const {window} = new JSDOM('<!doctype html><div></div>', {runScripts: 'outside-only'});
    const root = window.document.querySelector('div')!;
    const mount = window.eval(`(() => {${scriptOf('gradientDescent')}\nreturn mount;})()`) as (
      root: Element,
      data: object,
    ) => void;
    mount(root, explorer.data);
    const texts = Array.from(root.querySelectorAll('svg text'), ({textContent}) => textContent);
    window.close();
    return texts;
  };
  expect(textsOf(gradientDescentExplorer(x, y))).toEqual(expect.arrayContaining(['weight', 'loss', 'x', 'y', '60']));
  const named = textsOf(gradientDescentExplorer(x, y, {xTitle: 'concentration', yTitle: 'absorbance'}));
  expect(named).toEqual(expect.arrayContaining(['concentration', 'absorbance']));
  expect(named).not.toContain('x');
});

test('explorers name what they can not show', () => {
  const two = {pixels: new Uint8Array(2 * 9), shape: [2, 3, 3]};
  expect(() => convolutionExplorer(two)).toThrow(
    'convolutionExplorer: expected one picture with one channel, got 2 with 1; set.select([0]) picks the first of a set',
  );
  expect(() => poolingExplorer(tf.zeros([1, 100, 28, 1]))).toThrow(
    'poolingExplorer: expected 3 to 64 pixels each way, got 100 × 28',
  );
  expect(() =>
    convolutionExplorer(
      tf.tensor2d([
        [NaN, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ),
  ).toThrow('NaN or infinite');
  expect(() =>
    convolutionExplorer(image, {
      filter: [
        [1, 2],
        [3, 4],
      ],
    }),
  ).toThrow('filter must be three rows of three numbers');
  expect(() => softmaxExplorer([1])).toThrow('scores must be two to ten numbers from -6 to 6');
  expect(() => softmaxExplorer([1, 2], {classNames: ['a']})).toThrow('2 scores need as many classNames, got 1');
  expect(() => gradientDescentExplorer([1, 2], [1])).toThrow();
  expect(() => gradientDescentExplorer([1, 2, 3], [1, 2])).toThrow('x has 3 numbers but y has 2');
});
