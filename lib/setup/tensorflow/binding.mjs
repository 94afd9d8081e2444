/**
 * Compiles the binding between Node and TensorFlow's library, which is there already. In a folder of its own without
 * spaces in its path: make, which node-gyp calls, can't work where there are any.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {buildEnvironment, ensureCompiler} from '../nativeBuild.mjs';
import {run} from '../run.mjs';
import {deps, tfjsNode} from './package.mjs';

export async function compileBinding() {
  await ensureCompiler('Building tfjs-node');
  const {binary} = JSON.parse(fs.readFileSync(path.join(tfjsNode(), 'package.json'), 'utf8'));
  const version = Math.max(...binary.napi_versions.filter((each) => each <= Number(process.versions.napi)));
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-binding-'));
  try {
    for (const part of ['binding.gyp', 'binding']) {
      fs.cpSync(path.join(tfjsNode(), part), path.join(work, part), {recursive: true});
    }
    fs.symlinkSync(deps(), path.join(work, 'deps'));
    const variables = `--module_name=${binary.module_name} --module_path=made --napi_build_version=${version}`;
    // As a script, because npm brings node-gyp along for those.
    const description = {name: 'binding', scripts: {build: `node-gyp rebuild ${variables}`}};
    fs.writeFileSync(path.join(work, 'package.json'), JSON.stringify(description));
    await run('npm', ['run', 'build'], {cwd: work, env: buildEnvironment(), seconds: 600});
    const target = path.join(tfjsNode(), binary.module_path.replace('{napi_build_version}', version));
    fs.mkdirSync(target, {recursive: true});
    const name = `${binary.module_name}.node`;
    fs.copyFileSync(path.join(work, 'build', 'Release', name), path.join(target, name));
  } finally {
    fs.rmSync(work, {recursive: true, force: true});
  }
}
