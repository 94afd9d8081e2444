// Jest runs each test file in a realm with its own globals. tfjs-node's native binding checks `instanceof` against
// the process's own typed arrays, so the realm gets those.
const {TestEnvironment} = require('jest-environment-node');

// A worker of Jest's that has nothing left to do still takes most of a second to unload TensorFlow on a busy machine, and
// after half of one Jest says that a test left something open. So it ends at once; where something is open, it isn't reached.
if (process.send !== undefined) {
  process.once('beforeExit', () => process.once('exit', () => process.kill(process.pid, 'SIGKILL')));
}

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const type of [
      ArrayBuffer,
      Uint8Array,
      Uint8ClampedArray,
      Uint16Array,
      Int32Array,
      Float32Array,
      Float64Array,
      BigInt64Array,
    ]) {
      this.global[type.name] = type;
    }
  }
};
