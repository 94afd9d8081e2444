#!/usr/bin/env node
/**
 * Makes notebooks/colab/NN-….ipynb out of notebooks/NN-….ipynb, for services that have Python's kernel alone: a first cell
 * that sets up, and `%%ts` above every cell of TypeScript. They are never edited by hand.
 */
import fs from 'node:fs';
import path from 'node:path';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {lessonsIn} from '../../lib/jupyter/notebooks.mjs';
import {inRoot, root} from '../../lib/setup/project.mjs';

const sources = inRoot('notebooks');
const target = path.join(sources, 'colab');

/** The repository's address, or an empty text where lib/package.json names none yet. */
function address() {
  const {repository} = JSON.parse(fs.readFileSync(inRoot('lib', 'package.json'), 'utf8'));
  const url = typeof repository === 'string' ? repository : (repository?.url ?? '');
  if (url.includes('YOUR-NAME')) return '';
  return url.replace(/^git\+/, '').replace(/^github:/, 'https://github.com/');
}

const setUpCell = (url) => `import sys, subprocess, zipfile
from pathlib import Path

# Where convlab is, or comes from: a folder above this one, the file convlab.zip, or its address.
ADDRESS = ${JSON.stringify(url)}
PACKAGE = "python/convlab_jupyter"
here = Path.cwd()
project = next((folder for folder in [here / "convlab", *here.parents] if (folder / PACKAGE).is_dir()), here / "convlab")
if not project.exists() and (here / "convlab.zip").exists():
    zipfile.ZipFile("convlab.zip").extractall(project)
elif not project.exists():
    assert ADDRESS, "Upload convlab.zip beside this notebook, or put the address of convlab's repository into ADDRESS"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", ADDRESS, str(project)], check=True)
package = next(project.glob("*/" + PACKAGE), project / PACKAGE)

sys.path.insert(0, str(package.parent))
import convlab_jupyter
convlab_jupyter.set_up()
%load_ext convlab_jupyter`;

const FIRST = `## Set up

This page runs on services that know Python only: Google Colab, Kaggle and others. The next cell is in Python. It brings
Node.js, TensorFlow and the TypeScript kernel, which takes up to four minutes on a new machine; each line below it appears
when its part is done. The second time, it takes two seconds.

Every other cell is TypeScript, with \`%%ts\` on its first line. Change one and run it again: all works as in Jupyter.`;

/** Links to other notebooks, which a hosted page can't follow by their file's name. */
function withLinks(text, url) {
  return text.replace(/\[([^\]]*)\]\(((?:\.\.\/)*[\w./-]+)\)/g, (_, words, file) => {
    const [, owner] = /github\.com\/([^/]+\/[^/.]+)/.exec(url) ?? [];
    const inside = path.posix.join('notebooks', file);
    const isNotebook = names.includes(file);
    if (owner !== undefined && isNotebook) {
      return `[${words}](https://colab.research.google.com/github/${owner}/blob/HEAD/notebooks/colab/${file})`;
    }
    if (owner !== undefined) return `[${words}](https://github.com/${owner}/blob/HEAD/${inside})`;
    return isNotebook ? `${words} (\`${file}\`)` : `${words} (\`${inside}\`)`;
  });
}

function hosted(name, url) {
  const {cells} = JSON.parse(fs.readFileSync(path.join(sources, name), 'utf8'));
  const [title, ...rest] = cells;
  const all = [
    title,
    {cell_type: 'markdown', id: 'set-up', metadata: {}, source: FIRST},
    {cell_type: 'code', id: 'set-up-cell', metadata: {}, source: setUpCell(url)},
    ...rest,
  ];
  const notebook = {
    cells: all.map(({cell_type, id, source}) => {
      const text = [source].flat().join('');
      if (cell_type === 'markdown') return {cell_type, id, metadata: {}, source: lines(withLinks(text, url))};
      const code = id === 'set-up-cell' ? text : `%%ts\n${text}`;
      return {cell_type, execution_count: null, id, metadata: {}, outputs: [], source: lines(code)};
    }),
    metadata: {
      kernelspec: {display_name: 'Python 3', language: 'python', name: 'python3'},
      language_info: {name: 'python'},
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return JSON.stringify(notebook, null, 1) + '\n';
}

/** Notebooks store texts as lists of lines. */
const lines = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const {
  values: {check},
} = argumentsOf({
  usage: `npm run hosted-notebooks [-- --check]

Makes notebooks/colab out of notebooks.

  --check    writes nothing, and fails when they are not what would be written`,
  options: {check: {type: 'boolean', default: false}},
  most: 0,
});
const url = address();
const names = lessonsIn(sources);
const wanted = new Map(names.map((name) => [name, hosted(name, url)]));
const there = fs.existsSync(target) ? fs.readdirSync(target).filter((name) => name.endsWith('.ipynb')) : [];
const read = (name) => (there.includes(name) ? fs.readFileSync(path.join(target, name), 'utf8') : undefined);
const stale = [...wanted].filter(([name, text]) => read(name) !== text).map(([name]) => name);
const surplus = there.filter((name) => !wanted.has(name));

if (check) {
  for (const name of [...stale, ...surplus]) {
    console.error(`notebooks/colab/${name}: not made of notebooks/${name} as it is; run npm run hosted-notebooks`);
  }
  process.exitCode = stale.length + surplus.length > 0 ? 1 : 0;
} else {
  fs.mkdirSync(target, {recursive: true});
  for (const name of surplus) fs.rmSync(path.join(target, name));
  for (const name of stale) fs.writeFileSync(path.join(target, name), wanted.get(name));
  console.log(`${stale.length} of ${wanted.size} written into ${path.relative(root, target)}`);
}
