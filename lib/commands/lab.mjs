import {spawn} from 'node:child_process';
import fs from 'node:fs';
import {jupyterEnvironment} from '../jupyter/execute.mjs';
import {lessons} from '../jupyter/notebooks.mjs';
import {isInstalled} from '../setup/project.mjs';
import {binary} from '../setup/python.mjs';
import {setUp} from '../setup/setup.mjs';

export const command = {
  usage: `convlab lab [FOLDER] [options of jupyter lab]

Opens JupyterLab in a folder (default: this one; in a clone its notebooks), with the TypeScript kernel ready.
Whoever reaches the server can run programs here: it listens on this machine only, and asks for its token.`,
  passesOn: true,
};

export async function run({positionals: words}) {
  await setUp();
  const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const folder = isInstalled ? process.cwd() : lessons;
  // Any other word may be the value of an option, as in --port 9999.
  const where = words.some((word) => fs.existsSync(word)) ? [] : [folder];
  const lab = spawn(await binary('jupyter'), ['lab', ...asRoot, '--ServerApp.ip=127.0.0.1', ...words, ...where], {
    env: jupyterEnvironment(),
    stdio: 'inherit',
  });
  // Ctrl-C reaches JupyterLab by itself, which asks before it stops; this process waits for its answer.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => lab.kill('SIGTERM'));
  lab.on('close', (code) => (process.exitCode = code ?? 1));
}
