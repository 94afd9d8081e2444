import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {attributeNames} from '../../lib/src/tfjs/attributeNames';

const NAMES =
  /\bname: ['"](\w+)['"]|createTensorsTypeOpAttr\)?\(['"](\w+)['"]|(?:index|typesOf|typeAttribute)\('(\w+)'/g;

function namesIn(folder: string, ending: string): string[] {
  return fs.readdirSync(folder, {recursive: true, encoding: 'utf8'}).flatMap((file) => {
    if (!file.endsWith(ending) || file.includes('_test.')) return [];
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    return [...text.matchAll(NAMES)].map(([, ...groups]) => groups.find(Boolean)!);
  });
}

test("attributeNames has every name in tfjs-node's sources and in ours", () => {
  const theirs = namesIn(path.join(path.dirname(require.resolve('@tensorflow/tfjs-node/package.json')), 'dist'), '.js');
  const ours = namesIn(path.join(__dirname, '../../lib/src/tfjs'), '.ts');
  expect(theirs.length).toBeGreaterThan(200);
  expect(ours).toContain('fancy_upscaling');
  expect(attributeNames).toEqual(expect.arrayContaining([...new Set([...theirs, ...ours])]));
});
