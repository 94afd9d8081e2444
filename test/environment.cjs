// Jest runs each test file in a realm with its own globals. tfjs-node's native binding checks `instanceof` against
// the process's own typed arrays, so the realm gets those.
const {TestEnvironment} = require('jest-environment-node');

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
