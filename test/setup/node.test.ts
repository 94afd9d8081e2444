import {expect, test} from '@jest/globals';
import {inSetup} from './inSetup';

test('a Node that is too old gets a sentence', async () => {
  const printed = await inSetup(`Object.defineProperty(process.versions, 'node', {value: '12.22.12'});
    await import('./node.cjs');`);
  expect(printed).toMatch(/^convlab needs Node 20\.19 or newer, this is v\d/);
});
