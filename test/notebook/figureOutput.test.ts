import {createHash} from 'node:crypto';
import fs from 'node:fs';
import {expect, test} from '@jest/globals';
import {bundleOf} from '../../lib/src/notebook/show';

test('the plotly.js that pages fetch is the file that draws the stills, digest and version', () => {
  const html = bundleOf({data: [], layout: {}}).data['text/html'] as string;
  const file = require.resolve('plotly.js-dist/plotly.js');
  const digest = createHash('sha384').update(fs.readFileSync(file)).digest('base64');
  const {version} = JSON.parse(fs.readFileSync(require.resolve('plotly.js-dist/package.json'), 'utf8')) as {
    version: string;
  };
  expect(html).toContain(`sha384-${digest}`);
  expect(html).toContain(`plotly.js-dist@${version}/plotly.js`);
});
