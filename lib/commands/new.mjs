import fs from 'node:fs';
import path from 'node:path';
import {lessons, lessonsIn} from '../jupyter/notebooks.mjs';
import {typed} from '../setup/project.mjs';

export const command = {
  usage: `convlab new FOLDER

Copies convlab's notebooks into a new folder. \`convlab lab FOLDER\` opens them.`,
  most: 1,
};

export function run({positionals: [folder]}) {
  if (folder === undefined) throw new Error('expected the name of a folder, such as lessons');
  const there = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  if (there.length > 0) throw new Error(`${folder} has files already, ${there[0]} among them; name a new folder`);
  fs.mkdirSync(folder, {recursive: true});
  const names = lessonsIn(lessons);
  for (const name of names) fs.writeFileSync(path.join(folder, name), fs.readFileSync(path.join(lessons, name)));
  console.log(`${names.length} notebooks are in ${folder}. Open them:  ${typed('lab')} ${folder}`);
}
