import {expect, test} from '@jest/globals';
import {historyChart, ImageSet, picture, show, tf} from 'convlab';
import {bundleOf} from '../../lib/src/notebook/show';

const figure = historyChart({epoch: [0, 1], history: {loss: [2, 1]}});
const htmlOf = (value: unknown): string => bundleOf(value).data['text/html'] as string;

test('show returns what it was given where there is no notebook', () => {
  expect(show(figure)).toBe(figure);
});

test('a figure goes out in forms for every viewer, and without image/png, which JupyterLab would show instead', () => {
  const {data} = bundleOf(figure);
  expect(Object.keys(data)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'text/plain']);
  expect(data['application/vnd.plotly.v1+json']).toMatchObject(figure);
  expect(data['text/plain']).toBe('[Figure: Training, 2 epochs]');
});

test("a figure's HTML holds the still picture, in its size, with a description", () => {
  expect(htmlOf(figure)).toMatch(
    /<img src="data:image\/png;base64,[\w+/=]+" width="480" height="380" alt="Training, 2 epochs">/,
  );
});

test('the same figure gives the same output: no id or date that would change a saved notebook', () => {
  expect(bundleOf(figure)).toEqual(bundleOf(figure));
});

test('text in a figure can neither end the script that carries it nor become HTML', () => {
  const title = '</script><script>alert(1)</script>"><img onerror=alert(1)>';
  const html = htmlOf({data: [], layout: {title: {text: title}}});
  expect(html.match(/<\/?script/g)).toHaveLength(4);
  expect(html.match(/<img/g)).toHaveLength(1);
  expect(html).not.toContain('alert(1)</script>');
});

test('a picture goes out as PNG with its size on screen and a description', () => {
  const drawn = picture({pixels: new Uint8Array(784), shape: [28, 28]});
  expect(bundleOf(drawn)).toEqual({
    data: {'image/png': drawn.png.toString('base64'), 'text/plain': 'an image of 28 × 28 pixels'},
    metadata: {'image/png': {width: drawn.width, height: drawn.height}},
  });
});

test('a set shows its first pictures, and of channels that are no colours each in a row of its own', () => {
  const of = (channels: number) => {
    const set = new ImageSet(new Uint16Array(10 * 4 * channels), [10, 2, 2, channels], new Uint8Array(10));
    const {data} = bundleOf(set);
    expect(data['text/plain']).toMatch(/^ImageSet of 10 /);
    return /alt="(.*)"/.exec(data['text/html'] as string)?.[1];
  };
  expect(of(3)).toBe('8 images of 2 × 2 pixels');
  expect(of(2)).toBe('16 images of 2 × 2 pixels');
  expect(of(200)).toBe('64 images of 2 × 2 pixels');
});

test('text stays as it is, lined up, with its characters escaped in HTML', () => {
  expect(bundleOf('a < b\n1   2').data).toEqual({
    'text/html': '<pre style="margin: 0; white-space: pre; overflow-x: auto">a &lt; b\n1   2</pre>',
    'text/plain': 'a < b\n1   2',
  });
});

test('a table shows itself as HTML and as text', () => {
  const table = {toHTML: () => '<table></table>', toString: () => '1 2'};
  expect(bundleOf(table).data).toEqual({'text/html': '<table></table>', 'text/plain': '1 2'});
});

test('tensors print their values, and other values look as Node prints them', () => {
  expect(bundleOf(tf.tensor([1, 2])).data['text/plain']).toBe('Tensor of shape [2], float32\n    [1, 2]');
  expect(bundleOf({a: [1]}).data['text/plain']).toBe('{ a: [ 1 ] }');
  expect(bundleOf([1, 'b']).data['text/plain']).toBe("[ 1, 'b' ]");
  expect(bundleOf(Uint8Array.of(1, 2)).data['text/plain']).toBe('Uint8Array(2) [ 1, 2 ]');
  expect(bundleOf(new Float32Array(60000)).data['text/plain']).toMatch(/59900 more items/);
  expect(bundleOf(undefined).data['text/plain']).toBe('undefined');
});

test('show reminds of a forgotten await', () => {
  expect(() => bundleOf(Promise.resolve(1))).toThrow('show: got a promise of something to show; write show(await …)');
});
