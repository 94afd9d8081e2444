/** The command `convlab`: what an installed package offers, and what a clone's npm start, lab, setup and test call. */
import {version} from '../setup/project.mjs';
import {runCommand} from './command.mjs';

/** Loaded when they are asked for: `convlab --version` needs none of them. */
const COMMANDS = {
  lab: () => import('./lab.mjs'),
  new: () => import('./new.mjs'),
  run: () => import('./run.mjs'),
  setup: () => import('./setup.mjs'),
  doctor: () => import('./doctor.mjs'),
  clean: () => import('./clean.mjs'),
};

const USAGE = `convlab COMMAND [arguments]

  lab               opens JupyterLab in this folder, with the TypeScript kernel ready
  new FOLDER        copies the notebooks of convlab into a new folder
  run [NOTEBOOK …]  executes notebooks and makes a page of each
  setup             installs what \`import … from 'convlab'\` needs: TensorFlow's library, canvas
  doctor            says what is where, which versions, and what is wrong
  clean             deletes what the set-up has installed

convlab COMMAND --help says more of each. Whatever is missing is set up at the first use, once a machine.`;

/** @param {string[]} words what was typed behind `convlab` */
export async function main([name, ...words]) {
  if (name === '--version') return console.log(version());
  if (name === undefined || name === '--help' || name === 'help') return console.log(USAGE);
  if (!Object.hasOwn(COMMANDS, name)) {
    console.error(`convlab: there is no command ${name}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const {command, run} = await COMMANDS[name]();
  await runCommand(command, run, words);
}
