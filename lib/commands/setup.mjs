import {isInstalled} from '../setup/project.mjs';
import {setUp} from '../setup/setup.mjs';

export const command = {
  usage: `convlab setup [--jupyter | --in-python]

Installs what is missing of what \`import … from 'convlab'\` needs: TensorFlow's library and canvas, without Python where
tfjs-node's server can be reached, else out of a Python package.

  --jupyter    also what notebooks need: Jupyter and the TypeScript kernel; in a clone always
  --in-python  also the TypeScript kernel, but no Jupyter: for %%ts cells where a service has Python's kernel alone`,
  options: {jupyter: {type: 'boolean', default: !isInstalled}, 'in-python': {type: 'boolean', default: false}},
  most: 0,
};

export const run = ({values}) =>
  setUp({notebooks: values['in-python'] ? 'in Python' : values.jupyter ? 'here' : 'none'});
