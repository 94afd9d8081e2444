import {inRoot} from './project.mjs';
import {ensureCompiler, rebuild} from './nativeBuild.mjs';
import {reachable} from './reachable.mjs';
import {run, succeeds} from './run.mjs';
import {installSystemPackages} from './systemPackages.mjs';

const PREBUILT_HOST = 'https://github.com';
const LIBRARIES = ['cairo', 'pangocairo', 'libjpeg', 'librsvg-2.0'];

const draws = () => succeeds(process.execPath, ['-e', "require('canvas').createCanvas(2, 2).toBuffer()"]);

/** node-canvas's native part: a prebuilt one where it can be had, else built here. */
export const canvas = {
  title: 'canvas (draws the pictures)',
  isDone: draws,
  async work() {
    if (await downloadPrebuilt()) return;
    if (!(await succeeds('pkg-config', ['--exists', ...LIBRARIES]))) await installLibraries();
    await ensureCompiler('Building canvas');
    await rebuild('canvas', {fromSource: true});
    await run(process.execPath, ['-e', "require('canvas').createCanvas(2, 2).toBuffer()"]);
  },
  help: 'canvas could not be built. The lines above say what the compiler missed.',
};

async function downloadPrebuilt() {
  if (!(await reachable(PREBUILT_HOST))) return false;
  const options = {cwd: inRoot('node_modules', 'canvas'), seconds: 60};
  await succeeds(process.execPath, [inRoot('node_modules', 'prebuild-install', 'bin.js'), '-r', 'napi'], options);
  return draws();
}

function installLibraries() {
  return installSystemPackages('Building canvas', {
    apt: 'build-essential pkg-config libcairo2-dev libpango1.0-dev libjpeg-dev libgif-dev librsvg2-dev fonts-dejavu-core',
    dnf: 'gcc-c++ make pkgconf cairo-devel pango-devel libjpeg-turbo-devel giflib-devel librsvg2-devel dejavu-sans-fonts',
    brew: 'pkg-config cairo pango jpeg giflib librsvg',
    conda: 'pkg-config cairo pango libjpeg-turbo giflib librsvg cxx-compiler make',
  });
}
