/**
 * Both sources of TensorFlow, for real: tfjs-node's archive from a mirror on loopback, and the wheel when the mirror sends
 * rubbish, breaks off, stands still, or isn't there. The archive is made of the wheel's library, so its digest is named.
 *
 *   node tools/places/mirror.mjs
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {once} from 'node:events';
import {cache} from '../../lib/setup/project.mjs';
import {setUp} from '../../lib/setup/setup.mjs';
import {clone, finish, report, run, temporary} from './place.mjs';

await setUp();
const folder = temporary('mirror');
const archive = await makeArchive();
const sha256 = crypto.createHash('sha256').update(fs.readFileSync(archive)).digest('hex');

const project = clone(path.join(folder, 'convlab'));
const tfjsNode = path.join(project, 'node_modules', '@tensorflow', 'tfjs-node');
const library = path.join(cache, 'tensorflow-2.21.0');

/** The set-up in the clone against a mirror that answers so. `wheel`: whether the other source can be reached. */
async function setUpAgainst(answer, {wheel, ...env}) {
  // The set-up asks for the head first, to see whether anyone is there at all.
  const server = http.createServer((request, response) => {
    if (request.method === 'HEAD') response.end();
    else answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  for (const part of ['deps', 'lib']) fs.rmSync(path.join(tfjsNode, part), {recursive: true, force: true});
  const unpacked = path.join(project, '.cache', path.basename(library));
  fs.rmSync(unpacked, {recursive: true, force: true});
  // Unpacked before, the wheel needs no pip; with no packages to find, it can't be had.
  if (wheel) fs.cpSync(library, unpacked, {recursive: true, force: true});
  const closed = wheel ? {} : {PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder, PIP_EXTRA_INDEX_URL: ''};
  const result = await run(['npm', 'run', 'setup'], {
    cwd: project,
    env: {
      TFJS_NODE_CDN_STORAGE: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`,
      CONVLAB_LIBTENSORFLOW_SHA256: sha256,
      ...closed,
      ...env,
    },
  });
  server.closeAllConnections();
  server.close();
  return {
    ...result,
    installed: (await run(['node', '-e', MULTIPLY], {cwd: project})).code === 0,
    fromArchive: hasArchive(),
  };
}

const MULTIPLY = `
  require('node:util').isNullOrUndefined ??= (value) => value == null;
  const tf = require('@tensorflow/tfjs-node');
  process.exit(tf.matMul([[2]], [[3]]).dataSync()[0] === 6 ? 0 : 1);`;

/** The archive brings the library as a file, the wheel as a link. */
function hasArchive() {
  const file = path.join(tfjsNode, 'deps', 'lib', 'libtensorflow.so.2.9.1');
  return fs.existsSync(file) && fs.lstatSync(file).isFile();
}

const whole = (_, response) => {
  response.writeHead(200, {'content-length': fs.statSync(archive).size});
  fs.createReadStream(archive).pipe(response);
};
const BROKEN = {
  'has no such file': (_, response) => response.writeHead(404).end('<html>no</html>'),
  'sends something else': (_, response) => response.end('<html>Please log in to this network</html>'),
  'breaks off': (_, response) => {
    response.writeHead(200, {'content-length': fs.statSync(archive).size});
    fs.createReadStream(archive, {end: 5_000_000})
      .on('end', () => response.destroy())
      .pipe(response, {end: false});
  },
  'stands still': (_, response) => {
    response.writeHead(200, {'content-length': fs.statSync(archive).size});
    response.write(Buffer.alloc(1000));
  },
};

// The packages and the wheel's library for the clone come first, so that the trials below are about the sources alone.
const first = await setUpAgainst(BROKEN['has no such file'], {wheel: true, CONVLAB_TENSORFLOW: 'wheel'});
report(
  `the wheel (${first.seconds.toFixed(0)} s)`,
  first.code === 0 && first.installed && !first.fromArchive,
  first.text,
);

const good = await setUpAgainst(whole, {wheel: false});
report(
  `the archive from a mirror (${good.seconds.toFixed(0)} s)`,
  good.code === 0 && good.installed && good.fromArchive,
  good.text,
);

for (const [name, answer] of Object.entries(BROKEN)) {
  const other = await setUpAgainst(answer, {wheel: true});
  report(
    `a mirror that ${name}: the wheel is taken (${other.seconds.toFixed(0)} s)`,
    other.code === 0 && other.installed && !other.fromArchive,
    other.text,
  );
}
const none = await setUpAgainst(BROKEN['breaks off'], {wheel: false});
const left = ['deps', 'lib'].filter((part) => fs.existsSync(path.join(tfjsNode, part)));
report(
  'a mirror that breaks off and no wheel: an error that names both, nothing half-installed',
  none.code !== 0 &&
    /own download: .*the connection broke off/.test(none.text) &&
    /cpu wheel: /.test(none.text) &&
    left.length === 0,
  `left: ${left.join(', ')}\n${none.text}`,
);
finish();

async function makeArchive() {
  const content = path.join(folder, 'content');
  const from = path.join(cache, 'tensorflow-2.21.0', 'tensorflow');
  fs.mkdirSync(path.join(content, 'lib'), {recursive: true});
  fs.cpSync(path.join(from, 'include'), path.join(content, 'include'), {recursive: true});
  const lib = (name) => path.join(content, 'lib', name);
  fs.copyFileSync(path.join(from, 'libtensorflow_cc.so.2'), lib('libtensorflow.so.2.9.1'));
  fs.copyFileSync(path.join(from, 'libtensorflow_framework.so.2'), lib('libtensorflow_framework.so.2.9.1'));
  for (const [name, target] of Object.entries({
    'libtensorflow.so.2': 'libtensorflow.so.2.9.1',
    'libtensorflow.so': 'libtensorflow.so.2',
    'libtensorflow_cc.so.2': 'libtensorflow.so.2.9.1',
    'libtensorflow_framework.so.2': 'libtensorflow_framework.so.2.9.1',
    'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
  })) {
    fs.symlinkSync(target, lib(name));
  }
  const file = path.join(folder, 'archive.tar.gz');
  const {code, text} = await run([
    'tar',
    '-C',
    content,
    '-cf',
    file,
    '--use-compress-program=gzip -1',
    'include',
    'lib',
  ]);
  if (code !== 0) throw new Error(text);
  fs.rmSync(content, {recursive: true});
  return file;
}
