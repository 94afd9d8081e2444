/**
 * Slides of notebooks, made of their own cells: a heading begins a slide, what follows lies below it (arrow down), a folded
 * answer is a note for the speaker (key S). One file for each, which any browser shows offline.
 */
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {lessons, lessonsIn} from '../../lib/jupyter/notebooks.mjs';
import {inRoot, root} from '../../lib/setup/project.mjs';
import {binary} from '../../lib/setup/python.mjs';
import {run} from '../../lib/setup/run.mjs';
import {asSlides} from './cells.mjs';

const LOOK = `
.reveal .slides { text-align: left; }
.reveal .slides section { max-height: 100%; overflow-y: auto; }
.reveal h1, .reveal h2 { text-transform: none; font-size: 1.5em; }
.reveal p, .reveal li, .reveal table { font-size: 0.62em; }
.reveal img { max-height: 60vh; }`;

const {positionals: numbers} = argumentsOf({
  usage: `npm run slides [-- NUMBER …]

Slides of all notebooks, or of those that begin with 04, 08 …: build/slides/04-build-and-train.slides.html`,
});
const folder = inRoot('build', 'slides');
/** What shows the slides: fetched once, when slides are first wanted. */
const REVEAL = 'reveal.js@5.2.1';
const cache = inRoot('.cache', 'slides');
if (!fs.existsSync(path.join(cache, 'node_modules', 'reveal.js', 'dist', 'reveal.js'))) {
  fs.mkdirSync(cache, {recursive: true});
  await run('npm', ['install', '--prefix', cache, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', REVEAL]);
}

fs.mkdirSync(folder, {recursive: true});
for (const name of lessonsIn(lessons, numbers)) {
  const source = path.join(folder, name);
  fs.writeFileSync(source, JSON.stringify(asSlides(JSON.parse(fs.readFileSync(path.join(lessons, name), 'utf8')))));
  const args = ['nbconvert', '--to', 'slides', '--log-level', 'ERROR', '--SlidesExporter.reveal_scroll=True', source];
  const {status, stderr, error} = spawnSync(await binary('jupyter'), args, {encoding: 'utf8'});
  if (status !== 0)
    throw new Error(
      `nbconvert could not make slides of ${name}; npm run setup brings Jupyter\n${error?.message ?? stderr}`,
    );
  fs.rmSync(source);
  const page = source.replace(/\.ipynb$/, '.slides.html');
  fs.writeFileSync(page, offline(fs.readFileSync(page, 'utf8')));
  console.log(path.relative(root, page));
}

/** The page with reveal.js inside it, and nothing that needs a network. */
function offline(page) {
  const reveal = (...parts) => fs.readFileSync(path.join(cache, 'node_modules', 'reveal.js', ...parts), 'utf8');
  const script = (text) => `<script>${text.replaceAll('</script', '<\\/script')}</script>`;
  const parts = [
    [/<link [^>]*\/dist\/reveal\.css"[^>]*>/, `<style>${reveal('dist', 'reveal.css')}</style>`],
    [/<link [^>]*\/dist\/theme\/[^"]*"[^>]*>/, `<style>${theme(reveal)}${LOOK}</style>`],
    [/<script src="[^"]*(?:require|jquery)(?:\.min)?\.js"><\/script>/g, ''],
    [/<script type="module">\s*import mermaid[^]*?<\/script>/, ''],
    [/<script src="([^"]*mathjax[^"]*)">/i, '<script async src="$1">'],
    [
      /<script>\s*require\(\s*\{[^]*?<\/script>/,
      `${script(reveal('dist', 'reveal.js'))}${script(reveal('plugin', 'notes', 'notes.js'))}
<script>Reveal.initialize({hash: true, slideNumber: 'c/t', width: 1100, height: 720, plugins: [RevealNotes]});</script>`,
    ],
  ];
  return parts.reduce((text, [pattern, replacement]) => {
    if (text.search(pattern) < 0) throw new Error(`nbconvert's slides have no ${pattern}: look at its template`);
    // A function: in a string, "$&" would be read as a pattern.
    return text.replace(
      pattern,
      typeof replacement === 'string' && !replacement.includes('$1') ? () => replacement : replacement,
    );
  }, page);
}

/** Without the fonts that it would fetch. */
function theme(reveal) {
  return reveal('dist', 'theme', 'white.css').replace(/@import[^;]*;/g, '');
}
