import {isInstalled} from '../setup/project.mjs';
import {setUp} from '../setup/setup.mjs';

export const command = {
  usage: `convlab setup [--jupyter]

Installs what is missing of what \`import … from 'convlab'\` needs: TensorFlow's library and canvas, without Python where
tfjs-node's server can be reached, else out of a Python package.

  --jupyter    also what notebooks need: Jupyter and the TypeScript kernel; in a clone always`,
  options: {jupyter: {type: 'boolean', default: !isInstalled}},
  most: 0,
};

export const run = ({values}) => setUp({withJupyter: values.jupyter});
