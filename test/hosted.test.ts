// The files at the root that hosted Jupyter reads, against repo2docker's rules.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';

const root = path.resolve(__dirname, '..');
const read = (name: string) => fs.readFileSync(path.join(root, name), 'utf8');

describe('environment.yml', () => {
  const lines = read('environment.yml').trimEnd().split('\n');
  const packages = lines.slice(lines.indexOf('dependencies:') + 1);

  test('takes everything from conda-forge, pinned as conda pins: name=version, pip apart', () => {
    expect(lines.slice(0, lines.indexOf('dependencies:')).join('\n')).toContain('channels:\n  - conda-forge');
    for (const line of packages) expect(line).toMatch(/^ {2}(#.*|- [a-z][\w-]*=\d+(\.\d+)*|- pip)$/);
  });

  test('gives a reason above each package or pair of packages', () => {
    expect(packages[0]).toMatch(/^ {2}# /);
    expect(packages.join('\n')).not.toMatch(/(^ {2}- .*\n){3}/m);
  });

  test('asks for a Node and a Jupyter that the set-up accepts', () => {
    const version = (name: string) => Number(RegExp(` ${name}=(\\d+)`).exec(packages.join('\n'))?.[1]);
    expect(version('nodejs')).toBeGreaterThanOrEqual(20);
    expect(version('jupyterlab')).toBe(4);
    expect(version('notebook')).toBe(7);
    expect(packages.join('\n')).toContain('nbconvert=');
  });
});

test('apt.txt names one Debian package a line, and all that the set-up needs for canvas', () => {
  const names = read('apt.txt').trimEnd().split('\n');
  for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9+.-]+$/);
  const [, needed] = /apt: '(build-essential [^']+)'/.exec(read('lib/setup/canvas.mjs'))!;
  expect(needed!.split(' ').filter((name) => !names.includes(name))).toEqual([]);
});

test('postBuild is executable, stops at the first failure, and is valid bash in a login shell', () => {
  expect(fs.statSync(path.join(root, 'postBuild')).mode & 0o111).toBe(0o111);
  expect(execFileSync('git', ['ls-files', '--stage', 'postBuild'], {cwd: root}).toString()).toMatch(/^100755 /);
  expect(read('postBuild')).toMatch(/^#!\/bin\/bash -l\n[^]*^set -e$/m);
  execFileSync('bash', ['-n', 'postBuild'], {cwd: root});
});

test('nothing at the root wins over these files: no Dockerfile, no binder folder', () => {
  const rivals = ['Dockerfile', 'binder', '.binder', 'runtime.txt', 'requirements.yml'];
  expect(rivals.filter((name) => fs.existsSync(path.join(root, name)))).toEqual([]);
});

test('the dev container runs the set-up and has Jupyter’s extension', () => {
  const container = JSON.parse(read('.devcontainer/devcontainer.json')) as Record<string, unknown>;
  expect(container.postCreateCommand).toBe('npm run setup');
  expect(JSON.stringify(container.customizations)).toContain('ms-toolsai.jupyter');
});
