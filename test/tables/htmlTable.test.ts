import {expect, test} from '@jest/globals';
import {JSDOM} from 'jsdom';
import {classificationReport, confusionMatrix, summary, tf} from 'convlab';
import {header, htmlTable} from '../../lib/src/tables/htmlTable';
import {bundleOf} from '../../lib/src/notebook/show';

/** What a browser makes of it: the cells' texts, row by row. */
function read(html: string) {
  const {document} = new JSDOM(html).window;
  const rows = (part: string) =>
    Array.from(document.querySelectorAll(`${part} tr`), (row) => Array.from(row.children, (cell) => cell.textContent));
  return {document, head: rows('thead'), body: rows('tbody'), foot: rows('tfoot')};
}
const CODE = '<img src=x onerror=alert(1)>&"\'';

test('htmlTable names the headers of rows and columns for screen readers', () => {
  const {document, head, body} = read(
    htmlTable({caption: 'counts', head: [['', 'a'].map(header('col'))], body: [[header('row')('b'), '7']]}),
  );
  expect([head, body]).toEqual([[['', 'a']], [['b', '7']]]);
  expect(document.querySelector('caption')!.textContent).toBe('counts');
  expect(Array.from(document.querySelectorAll('th'), (cell) => cell.scope)).toEqual(['col', 'col', 'row']);
});

test('htmlTable takes colours for text and paper from the page, whichever theme that has', () => {
  expect(htmlTable({caption: '', head: [], body: [['1']]})).not.toMatch(/color/);
});

test('a table shows names as the text that they are, whatever characters that holds', () => {
  const table = confusionMatrix([0, 1, 1], [0, 1, 0], {classNames: [CODE, 'b']});
  for (const value of [table, classificationReport(table)]) {
    const {document, body} = read(bundleOf(value).data['text/html'] as string);
    expect(document.querySelectorAll('img, script')).toHaveLength(0);
    expect(body[0]![0]).toBe(CODE);
  }
});

test('a confusion table shows the counts of its text, right ones and mistakes in colours of their own', () => {
  const table = confusionMatrix([0, 0, 1, 1, 1, 2], [0, 1, 1, 1, 0, 2]);
  const {document, head, body} = read(table.toHTML());
  expect(head).toEqual([
    ['actual', 'predicted'],
    ['0', '1', '2'],
  ]);
  expect(body).toEqual([
    ['0', '1', '1', '0'],
    ['1', '1', '2', '0'],
    ['2', '0', '0', '1'],
  ]);
  const colours = Array.from(document.querySelectorAll('td'), (cell) => cell.style.backgroundColor);
  expect(colours[0]).toMatch(/^rgba\(0, 114, 178/);
  expect(colours[1]).toMatch(/^rgba\(213, 94, 0/);
  expect(colours[2]).toBe('');
  expect(document.querySelector('caption')!.textContent).toBe(
    'Actual classes down, predicted ones across: 66.7 % of 6 right',
  );
  expect(bundleOf(table).data['text/plain']).toBe(String(table));
});

test('a class report shows the numbers of its text', () => {
  const report = classificationReport(confusionMatrix([0, 0, 1], [0, 1, 1]));
  const {head, body, foot} = read(report.toHTML());
  expect([...head, ...body, ...foot].map((row) => row.join(' ').replace(/ +/g, ' '))).toEqual(
    String(report)
      .split('\n')
      .map((line) => line.trim().replace(/ +/g, ' ')),
  );
});

test('a model shows its layers, shapes and parameters', () => {
  const layers = [tf.layers.dense({units: 2, inputShape: [3], name: 'first'}), tf.layers.dense({units: 1000})];
  const model = tf.sequential({layers, name: CODE});
  const shown = bundleOf(model).data;
  const {document, head, body, foot} = read(shown['text/html'] as string);
  expect(document.querySelector('caption')!.textContent).toBe(`Model: "${CODE}"`);
  expect(head).toEqual([['Layer (type)', 'Output Shape', 'Param #']]);
  expect(body[0]).toEqual(['first (Dense)', '(None, 2)', '8']);
  expect(body[1]!.slice(1)).toEqual(['(None, 1000)', '3,000']);
  expect(foot).toEqual([
    ['Total params', '', '3,008'],
    ['Trainable params', '', '3,008'],
    ['Non-trainable params', '', '0'],
  ]);
  expect(shown['text/plain']).toBe(summary(model));
});
