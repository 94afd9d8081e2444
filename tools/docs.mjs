/** Makes the API reference from the doc comments, as pages in build/api; a link that leads nowhere is an error. */
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {inRoot, root} from '../lib/setup/project.mjs';
import {setUp} from '../lib/setup/setup.mjs';

const OUT = inRoot('build', 'api');

await setUp({withNative: false, notebooks: 'none'});
fs.rmSync(OUT, {recursive: true, force: true});
const words = ['--options', inRoot('typedoc.json'), '--out', OUT];
const {status} = spawnSync(process.execPath, [inRoot('node_modules', 'typedoc', 'bin', 'typedoc'), ...words], {
  cwd: root,
  stdio: 'inherit',
});
const broken = status === 0 ? brokenLinks() : [];
for (const link of broken) console.error(`docs: ${link}`);
process.exitCode = status === 0 && broken.length === 0 ? 0 : 1;

/** Pages link to one another, and to places in them. */
function brokenLinks() {
  const pages = fs.readdirSync(OUT, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.html'));
  const texts = new Map(pages.map((name) => [path.join(OUT, name), fs.readFileSync(path.join(OUT, name), 'utf8')]));
  return [...texts].flatMap(([page, text]) =>
    [...text.matchAll(/ href="([^"]+)"/g)]
      .map(([, link]) => link)
      .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(page, link, texts))
      .map((link) => `${path.relative(OUT, page)}: ${link} leads nowhere`),
  );
}

function leadsSomewhere(page, link, texts) {
  const [file, place] = link.split('#');
  const target = file === '' ? page : path.resolve(path.dirname(page), decodeURIComponent(file));
  if (!fs.existsSync(target)) return false;
  return !place || !texts.has(target) || texts.get(target).includes(`id="${decodeURIComponent(place)}"`);
}
