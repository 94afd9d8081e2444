import path from 'node:path';
import {packageFolder, root} from './project.mjs';
import {ensureCompiler, runInstallScript} from './nativeBuild.mjs';
import {reachable} from './reachable.mjs';
import {run, succeeds} from './run.mjs';
import {stored} from './store.mjs';
import {installSystemPackages} from './systemPackages.mjs';

const PREBUILT_HOST = 'https://github.com';
const LIBRARIES = ['cairo', 'pangocairo', 'libjpeg', 'librsvg-2.0'];

/** @returns {[string, string[]]} */
const draw = () => [
  process.execPath,
  ['-e', `require(${JSON.stringify(packageFolder('canvas') ?? 'canvas')}).createCanvas(2, 2).toBuffer()`],
];
const draws = () => succeeds(...draw(), {cwd: root});

/** node-canvas's native part: a prebuilt one where it can be had, else built here. */
export const canvas = {
  title: 'canvas (draws the pictures)',
  isDone: draws,
  // The system's package manager is slow, and needs nothing of npm's.
  prepare: async () => {
    if (!(await reachable(PREBUILT_HOST))) await installLibraries();
  },
  work: () => stored({name: 'canvas', parts: ['build'], works: draws, build}),
  help: 'canvas could not be built. The lines above say what the compiler missed.',
};

async function build() {
  if (await downloadPrebuilt()) return;
  await installLibraries();
  await ensureCompiler('Building canvas');
  await runInstallScript('canvas', {fromSource: true});
  await run(...draw());
}

async function downloadPrebuilt() {
  if (!(await reachable(PREBUILT_HOST))) return false;
  const program = path.join(packageFolder('prebuild-install') ?? '', 'bin.js');
  await succeeds(process.execPath, [program, '-r', 'napi'], {cwd: packageFolder('canvas'), seconds: 60});
  return draws();
}

function installLibraries() {
  return installSystemPackages(
    'Building canvas',
    {
      apt: 'build-essential pkg-config libcairo2-dev libpango1.0-dev libjpeg-dev libgif-dev librsvg2-dev fonts-dejavu-core',
      dnf: 'gcc-c++ make pkgconf cairo-devel pango-devel libjpeg-turbo-devel giflib-devel librsvg2-devel dejavu-sans-fonts',
      brew: 'pkg-config cairo pango jpeg giflib librsvg',
      conda: 'pkg-config cairo pango libjpeg-turbo giflib librsvg cxx-compiler make',
    },
    () => succeeds('pkg-config', ['--exists', ...LIBRARIES]),
  );
}
