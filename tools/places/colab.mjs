/**
 * Runs notebooks/colab.ipynb where only Python's own kernel is: in an environment with ipykernel, in an empty folder.
 *
 *   node tools/places/colab.mjs
 */
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {inRoot, root} from '../../lib/setup/project.mjs';
import {finish, report, run, temporary} from './place.mjs';

const folder = temporary('colab');
const bin = path.join(folder, 'env', 'bin');
const notebook = path.join(folder, 'content', 'colab.ipynb');
fs.mkdirSync(path.dirname(notebook));
fs.copyFileSync(inRoot('notebooks', 'colab.ipynb'), notebook);

for (const command of [
  ['python3', '-m', 'venv', path.join(folder, 'env')],
  [path.join(bin, 'pip'), 'install', '--quiet', '--retries', '1', 'ipykernel', 'nbclient'],
]) {
  const {code, text} = await run(command);
  if (code !== 0) throw new Error(text);
}

const executed = await run([path.join(bin, 'jupyter'), 'execute', '--inplace', '--timeout=1500', notebook], {
  cwd: path.dirname(notebook),
  env: {CONVLAB_ADDRESS: pathToFileURL(root).href},
  seconds: 1800,
});
report(`colab.ipynb ran (${executed.seconds.toFixed(0)} s)`, executed.code === 0, executed.text);

const outputs = new Map(read(notebook).map((cell) => [cell.id, cell.outputs]));
for (const line of [outputs.get('run-notebooks')].flat().flatMap((output) => output?.text ?? []))
  process.stdout.write(`  ${line}`);
const finished = path.join(folder, 'content', 'convlab', 'build', 'notebooks');
for (const name of fs.readdirSync(finished).filter((file) => file.endsWith('.ipynb'))) {
  const wanted = kinds(read(path.join(finished, name)).flatMap((cell) => cell.outputs));
  const shown = kinds(outputs.get(`show-${name.slice(0, 2)}`));
  const missing = wanted.filter((kind) => !shown.includes(kind));
  report(
    `${name}: ${wanted.length} pictures, charts and tables are shown`,
    outputs.get(`show-${name.slice(0, 2)}`).length > 10 && missing.length === 0,
    `missing: ${missing.length}`,
  );
}
finish();

function read(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8')).cells.filter((cell) => cell.cell_type === 'code');
}

/** What was displayed, other than printed: by its richest form. */
function kinds(outputs) {
  const forms = ['application/vnd.plotly.v1+json', 'image/png', 'text/html'];
  return outputs.flatMap(({data}) => {
    const form = forms.find((each) => data?.[each] !== undefined);
    return form === undefined ? [] : [`${form} ${JSON.stringify([data[form]].flat().join('')).slice(0, 5000)}`];
  });
}
