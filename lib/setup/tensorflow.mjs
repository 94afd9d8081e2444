/**
 * TensorFlow's native library for tfjs-node, by one of two roads: tfjs-node's own download, or the tensorflow-cpu wheel.
 * CONVLAB_TENSORFLOW=download or CONVLAB_TENSORFLOW=wheel forces one.
 */
import {archiveRoad, STORAGE} from './tensorflow/archive.mjs';
import {clear, multiplies} from './tensorflow/package.mjs';
import {wheelRoad} from './tensorflow/wheel.mjs';
import {reachable} from './reachable.mjs';
import {SetupError} from './run.mjs';
import {stored} from './store.mjs';

export const tensorflow = {
  title: 'TensorFlow (does the arithmetic)',
  isDone: multiplies,
  async prepare() {
    const [road] = await chooseRoads();
    await road.prepare?.();
  },
  work: () => stored({name: '@tensorflow/tfjs-node', parts: ['lib', 'deps'], works: multiplies, build}),
  help:
    "TensorFlow's library could not be installed. Check the network or the proxy, then run this again;\n" +
    'CONVLAB_TENSORFLOW=download or CONVLAB_TENSORFLOW=wheel in front of the command chooses where it comes from.',
};

async function build() {
  const problems = [];
  for (const road of await chooseRoads()) {
    clear();
    try {
      await road.go();
      if (await multiplies()) return;
      problems.push(`${road.name}: installed, but it can't multiply two matrices`);
    } catch (error) {
      problems.push(`${road.name}: ${error.message}`);
    }
  }
  clear();
  throw new SetupError(problems.join('\n'));
}

async function chooseRoads() {
  const choice = process.env.CONVLAB_TENSORFLOW;
  if (choice === 'download') return [archiveRoad];
  if (choice === 'wheel') return [wheelRoad];
  if (choice) throw new SetupError(`CONVLAB_TENSORFLOW: expected download or wheel, got ${choice}`);
  if (process.platform !== 'linux') return [archiveRoad];
  return (await reachable(STORAGE)) ? [archiveRoad, wheelRoad] : [wheelRoad];
}
