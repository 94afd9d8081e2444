import fs from 'node:fs';
import path from 'node:path';

export type ExplorerKind = 'convolution' | 'pooling' | 'softmax' | 'gradientDescent';

/** The files that run in the page: beside the compiled library as beside its sources. */
const FOLDER = path.join(__dirname, '../../explorers');

/** One script that defines `mount(element, data)`: what all explorers share, and this one's own. */
export function scriptOf(kind: ExplorerKind): string {
  return ['page', kind].map((name) => inlined(fs.readFileSync(path.join(FOLDER, `${name}.mjs`), 'utf8'))).join('\n');
}

/** A module's text for use within another script, without comments, as every notebook carries it. */
function inlined(module: string): string {
  return module
    .replace(/\/\*\*[^]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/^import [^]*?;$/gm, '')
    .replace(/^export /gm, '')
    .replace(/^\s+/gm, '')
    .trim();
}
