import fs from 'node:fs';
import path from 'node:path';

export type ExplorerKind = 'convolution' | 'pooling' | 'softmax' | 'gradientDescent';

/** The files that run in the page: beside the compiled library as beside its sources. */
const FOLDER = path.join(__dirname, '../../explorers');

/** One script that defines `mount(element, data)`: an explorer's own file behind those that it imports. */
export function scriptOf(kind: ExplorerKind): string {
  return withImports(kind)
    .map((name) => inlined(moduleText(name)))
    .join('\n');
}

/** The names of a module and of all that it imports, each once, behind those that it needs. */
function withImports(name: string): string[] {
  const imported = Array.from(moduleText(name).matchAll(/^import [^]*?'\.\/(\w+)\.mjs';$/gm), ([, other]) => other!);
  return [...new Set([...imported.flatMap(withImports), name])];
}

function moduleText(name: string): string {
  return fs.readFileSync(path.join(FOLDER, `${name}.mjs`), 'utf8');
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
