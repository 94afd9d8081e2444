/**
 * Checks that every notebook says all it has to say where scripts and styles are stripped, as on GitHub: each figure is
 * a picture with a description, each table is text that lines up.
 */
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {renderSanitised} from './sanitise.mjs';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {lessonsIn} from '../../lib/jupyter/notebooks.mjs';
import {inRoot} from '../../lib/setup/project.mjs';

const {JSDOM} = createRequire(inRoot('lib', 'package.json'))('jsdom');
const {loadImage} = createRequire(inRoot('lib', 'package.json'))('canvas');
const {
  positionals: [given = inRoot('notebooks')],
} = argumentsOf({
  usage: `npm run test:render [-- FOLDER]

Looks at the committed notebooks as GitHub shows them, or at those of another folder, such as build/notebooks.`,
  most: 1,
});
const folder = path.resolve(given);
const {document} = new JSDOM('').window;

async function complaintsAbout({data}) {
  const shown = renderSanitised({data}, document);
  const pictures = [...shown.querySelectorAll('img')];
  if ('application/vnd.plotly.v1+json' in data && pictures.length !== 1) return ['a figure shows no picture'];
  if (pictures.length === 0 && shown.textContent.trim() === '') return ['an output shows nothing'];
  const complaints = [];
  for (const picture of pictures) {
    const {width, height} = await loadImage(picture.src).catch(() => ({width: 0, height: 0}));
    if (width < 50 || height < 20) complaints.push(`a picture is ${width} × ${height}`);
    if ('text/html' in data && picture.alt === '') complaints.push('a picture has no description');
  }
  return complaints;
}

let failures = 0;
for (const name of lessonsIn(folder)) {
  const {cells} = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  const outputs = cells.flatMap((cell) => cell.outputs ?? []).filter(({data}) => data);
  const complaints = (await Promise.all(outputs.map(complaintsAbout))).flat();
  console.log(
    `${name.padEnd(34)}${String(outputs.length).padStart(3)} outputs  ${complaints.length ? 'failed' : 'passed'}`,
  );
  for (const complaint of complaints) console.log(`    ${complaint}`);
  failures += complaints.length;
}
if (failures > 0) process.exitCode = 1;
