/**
 * TensorFlow's native library for tfjs-node, from one of two sources: tfjs-node's own download, or the tensorflow-cpu wheel.
 * CONVLAB_TENSORFLOW=download or CONVLAB_TENSORFLOW=wheel forces one.
 */
import {archiveSource, STORAGE} from './tensorflow/archive.mjs';
import {clear, multiplies} from './tensorflow/package.mjs';
import {wheelSource} from './tensorflow/wheel.mjs';
import {reachable} from './reachable.mjs';
import {SetupError} from './run.mjs';
import {stored} from './store.mjs';

export const tensorflow = {
  title: 'TensorFlow (does the arithmetic)',
  isDone: multiplies,
  async prepare() {
    const [source] = await chooseSources();
    await source.prepare?.();
  },
  work: () => stored({name: '@tensorflow/tfjs-node', parts: ['lib', 'deps'], works: multiplies, build}),
  help:
    "TensorFlow's library could not be installed. Check the network or the proxy, then run this again;\n" +
    'CONVLAB_TENSORFLOW=download or CONVLAB_TENSORFLOW=wheel in front of the command chooses where it comes from.',
};

async function build() {
  const problems = [];
  for (const source of await chooseSources()) {
    clear();
    try {
      await source.install();
      if (await multiplies()) return;
      problems.push(`${source.name}: installed, but it can't multiply two matrices`);
    } catch (error) {
      problems.push(`${source.name}: ${error.message}`);
    }
  }
  clear();
  throw new SetupError(problems.join('\n'));
}

async function chooseSources() {
  const choice = process.env.CONVLAB_TENSORFLOW;
  if (choice === 'download') return [archiveSource];
  if (choice === 'wheel') return [wheelSource];
  if (choice) throw new SetupError(`CONVLAB_TENSORFLOW: expected download or wheel, got ${choice}`);
  if (process.platform !== 'linux') return [archiveSource];
  return (await reachable(STORAGE)) ? [archiveSource, wheelSource] : [wheelSource];
}
