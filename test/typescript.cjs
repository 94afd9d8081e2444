// Node reads the library's sources, too, for the threads that start from one: `node -r ./test/typescript.cjs`. Jest compiles
// in the same way what runs in its own realm.
const {transformFileSync} = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const {code} = transformFileSync(file, {
    jsc: {parser: {syntax: 'typescript'}, target: 'es2022'},
    module: {type: 'commonjs', ignoreDynamic: true},
    sourceMaps: 'inline',
  });
  module._compile(code, file);
};
