/**
 * Starts the project's tslab for Jupyter, from any folder and over any transport. Jupyter calls it by the kernelspec:
 *
 *   node launch.cjs {connection_file}
 *
 * tslab 1.0.22 by itself lacks six things. It binds ipc sockets under names that Jupyter doesn't look for. Started
 * outside the project it finds neither convlab nor Node's types. Its compiler watches the project's folders, for
 * changes that it then throws over: a set-up in another window would fail the cell under way. Its compiler leaves some
 * 12 MB of rubbish a cell, which V8 lets lie for long. It loses messages, and with them the cell. And its stop button
 * gives up the cell at once, so that what a stopped training returns would be lost.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const v8 = require('node:v8');

const modules = path.resolve(__dirname, '..', '..', 'node_modules');
const tslab = path.join(modules, 'tslab');

/** Over ipc Jupyter connects to the file `ip-port`, where tslab binds `ip:port`: a link from one to the other. */
function linkSockets(connectionFile) {
  const connection = JSON.parse(fs.readFileSync(connectionFile, 'utf8'));
  if (connection.transport !== 'ipc') return;
  for (const [name, port] of Object.entries(connection)) {
    if (!name.endsWith('_port')) continue;
    const expected = `${connection.ip}-${port}`;
    fs.rmSync(expected, {force: true});
    fs.symlinkSync(`${connection.ip}:${port}`, expected);
  }
}

/** In a folder without convlab, what is missing there is looked for in the project's node_modules. */
function lendModules(folder) {
  try {
    require.resolve('convlab', {paths: [folder]});
    return;
  } catch {
    // The notebook lies outside the project.
  }
  process.env.NODE_PATH = [modules, process.env.NODE_PATH].filter(Boolean).join(path.delimiter);
  Module._initPaths();

  const {sys} = require(require.resolve('@tslab/typescript-for-tslab', {paths: [tslab]}));
  const local = path.join(folder, 'node_modules');
  const ownTypes = path.join(tslab, 'node_modules', '@types');
  const lend = (file) => {
    if (fs.existsSync(file)) return file;
    if (file.startsWith(ownTypes)) return path.join(modules, '@types', file.slice(ownTypes.length));
    return file.startsWith(local) ? path.join(modules, file.slice(local.length)) : file;
  };
  for (const name of ['fileExists', 'directoryExists', 'readFile', 'readDirectory', 'getDirectories', 'realpath']) {
    const original = sys[name];
    sys[name] = (file, ...rest) => original.call(sys, lend(file), ...rest);
  }
}

/** The compiler looks at the reader's own files again when they change, at packages and folders once. */
function watchLess() {
  const {sys} = require(require.resolve('@tslab/typescript-for-tslab', {paths: [tslab]}));
  const unwatched = {close: () => undefined};
  const {watchFile} = sys;
  const project = path.resolve(modules, '..');
  const isOurs = (file) => file.startsWith(modules) || file.startsWith(path.join(project, 'lib'));
  sys.watchFile = (file, ...rest) => (isOurs(file) ? unwatched : watchFile.call(sys, file, ...rest));
  sys.watchDirectory = () => unwatched;
}

/** A training that listens for the stop button ends by itself, and its cell with it; a second press gives up the cell. */
function letTrainingsStopThemselves() {
  const [giveUp] = process.listeners('SIGINT');
  process.off('SIGINT', giveUp);
  process.on('SIGINT', () => {
    if (process.listenerCount('SIGINT') === 1) giveUp();
  });
}

/** The heap is cleared when it has grown by a tenth: 0.2 GB less after 25 cells, for 25 ms a cell. */
function clearOften() {
  v8.setFlagsFromString('--heap-growing-percent=10');
}

/**
 * tslab doesn't wait for zeromq. A socket that sends 512 messages in one go then asks for a pause, and a socket that isn't
 * bound yet takes none: the next send throws, in the cell that printed, and what follows is lost with the cell's end. So
 * sockets here send without a pause, keep what a slow reader hasn't fetched, and hear nothing before all of them are bound.
 */
function loseNoMessage() {
  const {ZmqServer} = require(path.join(tslab, 'dist', 'jupyter.js'));
  const {init, bindSocket, handleShellMessage} = ZmqServer.prototype;
  let bound;
  ZmqServer.prototype.init = function () {
    bound = init.call(this);
    return bound;
  };
  ZmqServer.prototype.bindSocket = function (socket, port) {
    socket.sendTimeout = 0;
    socket.sendHighWaterMark = 100_000;
    return bindSocket.call(this, socket, port);
  };
  ZmqServer.prototype.handleShellMessage = async function (...message) {
    await bound;
    return handleShellMessage.apply(this, message);
  };
}

const [connectionFile] = process.argv.slice(2);
if (connectionFile === undefined) {
  console.error('launch.cjs: expected the path of a connection file; Jupyter starts this, see lib/setup/kernel.mjs');
  process.exit(2);
}
const {version} = require(path.join(tslab, 'package.json'));
if (version !== '1.0.22') {
  console.error(`launch.cjs: expected tslab 1.0.22 but found ${version}; run "npm run setup" in the project's folder`);
  process.exit(1);
}
linkSockets(connectionFile);
lendModules(process.cwd());
watchLess();
clearOften();
loseNoMessage();
require(path.join(tslab, 'dist', 'main.js')).startKernel({configPath: connectionFile, enableFindLocal: false});
letTrainingsStopThemselves();
