import {describe, expect, test} from '@jest/globals';
import {
  classificationReport,
  confusionChart,
  confusionMatrix,
  featureMapChart,
  History,
  historyChart,
  ImageSet,
  picture,
  probabilityChart,
  summary,
  tf,
} from 'convlab';
import {LiveReporter} from '../../lib/src/notebook/liveReporter';
import {bundleOf} from '../../lib/src/notebook/show';

// Names come from folders, files and strangers' models: whatever they hold, they are text and never run.

const evil = `</script><script>alert(1)</script><img src=x onerror="alert(1)"><a href='javascript:alert(1)'>`;
const images = new ImageSet(new Uint8Array(8), [2, 2, 2], Uint8Array.of(0, 1));
const table = confusionMatrix([0, 1], [1, 1], {classNames: [evil, 'b']});
// tfjs itself refuses such a name for a layer.
const model = tf.sequential({name: evil, layers: [tf.layers.dense({units: 1, inputShape: [1]})]});

const outputs: [string, () => unknown][] = [
  ['class names in a confusion chart', () => confusionChart(table)],
  ['class names in a probability chart', () => probabilityChart([0.5, 0.5], {classNames: [evil, 'b'], actual: [0]})],
  ['a title of feature maps', () => featureMapChart(tf.ones([2, 2, 1]), {title: evil})],
  ['the name of a metric', () => historyChart({epoch: [0], history: {[evil]: [1], [`val_${evil}`]: [1]}})],
  ['titles of a picture', () => picture(images, 2, {titles: [evil, evil]})],
  ['class names in a table', () => table],
  ['class names in a report', () => classificationReport(table)],
  ['the name of a model', () => summary(model)],
  ['text', () => evil],
  ['keys of an object', () => ({[evil]: evil})],
  ['a list', () => [evil]],
];

describe('a script cannot be smuggled into an output through', () => {
  test.each(outputs)('%s', (_name, make) => {
    const {data} = bundleOf(make());
    const html = (data['text/html'] ?? '') as string;
    // Not even between the quotes of an attribute, nor in the JSON beside a chart.
    expect(html).not.toMatch(/<script>alert|<img src=x|<a href='j/);
    // Plotly reads tags in the texts of a figure.
    const figure = JSON.stringify(data['application/vnd.plotly.v1+json'] ?? {});
    expect(figure).not.toMatch(/<script|<img|<a /);
  });

  test('the lines of a training', () => {
    const shown: string[] = [];
    const display = {
      update: ({data}: {data: Record<string, unknown>}) => void shown.push(JSON.stringify(data['text/html'] ?? '')),
    };
    let now = 0;
    const reporter = new LiveReporter(display, () => (now += 60));
    reporter.line(evil);
    const history = new History();
    for (const epoch of [0, 1]) history.add(epoch, {loss: 2 - epoch});
    reporter.history(history);
    reporter.end();
    expect(shown.join()).toContain('&lt;script&gt;');
    expect(shown.join()).not.toMatch(/<script|<img src=x/);
  });
});
