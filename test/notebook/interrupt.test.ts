import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from '@jest/globals';

const interrupt = path.resolve(__dirname, '..', '..', 'lib', 'dist', 'training', 'loop', 'interrupt.js');

/** As tslab runs a cell: a handler of its own for SIGINT, and the cell's first part under Node's guard. */
const kernel = `
  const vm = require('node:vm');
  process.on('SIGINT', () => console.log('the kernel lives'));
  globalThis.train = async () => {
    const {Interrupt} = require(${JSON.stringify(interrupt)});
    const stop = new Interrupt();
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.kill(process.pid, 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 200));
    console.log('asked to stop:', stop.requested);
    stop.close();
  };
  vm.runInThisContext('train()', {breakOnSigint: true});
`;

test("the notebook's stop button ends the training and not the kernel", () => {
  const {stdout, signal} = spawnSync(process.execPath, ['-e', kernel], {encoding: 'utf8'});
  expect({stdout, signal}).toEqual({stdout: 'the kernel lives\nasked to stop: true\n', signal: null});
});
