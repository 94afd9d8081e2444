/**
 * The first source: the archive that tfjs-node's install script would download. It is fetched here, because that script
 * neither checks the bytes nor notices when they stop coming; it finds the library in its place and goes on from there.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {download} from '../download.mjs';
import {runInstallScript} from '../nativeBuild.mjs';
import {cache} from '../project.mjs';
import {run, SetupError} from '../run.mjs';
import {deps} from './package.mjs';

/** Where tfjs-node looks, and where it looks instead when a mirror is named. */
export const STORAGE = process.env.TFJS_NODE_CDN_STORAGE ?? 'https://storage.googleapis.com/';

// The digest of the first is the one that several distributions pin (nixpkgs among them), the others are nixpkgs' alone.
const ARCHIVES = {
  'linux-x64': [
    'tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz',
    '7f510d2546e3db5e10b1d119463689003d587842892ad3c95bca51cf82820173',
  ],
  'linux-arm64': [
    'tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz',
    '9395d1ff39f5b6847f5121e679ff4e599dc7061a2a7f87ceac061c78e908e6e3',
  ],
  'darwin-x64': [
    'tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz',
    '56f83d3320ba0f69aaafd6c058645e1b7fbc75fb9a3fc36d6be98de1291ca226',
  ],
  'darwin-arm64': [
    'tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz',
    '13ab22b97e2af06e431aaeb7b42fb89981965dd01aa16da035d8210aa4183d79',
  ],
};

export const archiveSource = {name: "tfjs-node's own download", install: installFromArchive};

async function installFromArchive() {
  const archive = ARCHIVES[`${os.platform()}-${os.arch()}`];
  if (archive === undefined) throw new SetupError(`there is none for ${os.platform()} on ${os.arch()}`);
  const [name, pinned] = archive;
  const file = path.join(cache, path.basename(name));
  // A mirror may hold another build, and then says which.
  await download(`${STORAGE}${name}`, file, {sha256: process.env.CONVLAB_LIBTENSORFLOW_SHA256 ?? pinned});
  try {
    fs.mkdirSync(deps(), {recursive: true});
    await run('tar', ['-xzf', file, '-C', deps()]);
  } finally {
    fs.rmSync(file, {force: true});
  }
  await runInstallScript('@tensorflow/tfjs-node', {fromSource: false});
}
