/**
 * Runs notebooks/colab/ where only Python's own kernel is: in an environment with ipykernel and nothing else of Jupyter's,
 * as an ordinary user with an empty home, from the project as a zip file beside the notebook and then from its folder.
 */
import fs from 'node:fs';
import path from 'node:path';
import {spawnSync} from 'node:child_process';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {root} from '../../lib/setup/project.mjs';
import {jest} from '../jest.mjs';
import {finish, must, ordinaryUser, report, run, temporary} from './place.mjs';

const {positionals: wanted} = argumentsOf({
  usage: `node tools/places/colab.mjs [NUMBER …]

Runs all notebooks where only Python's own kernel is, or those that begin with 04, 05 …`,
});
const {user, home, env} = ordinaryUser();
const folder = temporary('colab');
const content = path.join(folder, 'content');
const bin = path.join(folder, 'env', 'bin');
fs.mkdirSync(content);
await must('git', '-C', root, 'archive', '--format=zip', '-o', path.join(content, 'convlab.zip'), 'HEAD');
const names = fs
  .readdirSync(path.join(root, 'notebooks', 'colab'))
  .filter((name) => wanted.length === 0 || wanted.includes(name.slice(0, 2)));
for (const name of names) fs.copyFileSync(path.join(root, 'notebooks', 'colab', name), path.join(content, name));
spawnSync('chown', ['-R', `${user}:`, folder]);
const own = {cwd: content, user, env: {...env, HOME: home}};
for (const command of [
  ['python3', '-m', 'venv', path.join(folder, 'env')],
  [path.join(bin, 'pip'), 'install', '--quiet', '--retries', '1', 'ipykernel', 'nbclient', 'numpy'],
]) {
  const {code, text} = await run(command, own);
  if (code !== 0) throw new Error(text);
}

for (const [i, name] of names.entries()) {
  const result = await run([path.join(bin, 'python'), '-c', EXECUTE(), path.join(content, name)], {
    ...own,
    env: {...own.env, PATH: `${bin}:${env.PATH}`},
    seconds: 1800,
  });
  const [line = ''] = result.text.match(/^set-up .*$/m) ?? [];
  report(`${name} (${result.seconds.toFixed(0)} s; ${line})`, result.code === 0, result.text);
  if (i === 0)
    report('nothing but convlab was written beside it', onlyExpected(content), fs.readdirSync(content).join(' '));
}

// What the notebooks found is what the originals have to find.
const executed = {env: {CONVLAB_EXECUTED: path.relative(root, content)}};
const numbers = names.map((name) => name.slice(0, 2));
const checks = [['walkthrough', 'notebooks/notebooks', '-t', `^(${numbers.join('|')})`]];
for (const number of numbers.filter((each) => each > '05')) checks.push([`test/notebooks/${number}-`]);
for (const words of checks) {
  const {code, text} = await run(jest(words), executed);
  report(`the tests of the originals, ${words.join(' ')}: ${/^Tests: +(.*)$/m.exec(text)?.[1]}`, code === 0, text);
}

// All that a cell can do, with NumPy there: stop, errors, a killed kernel, 10,000 lines, values of every type.
const magics = path.join(content, 'convlab', 'test', 'python');
const discover = ['-m', 'unittest', 'discover', '-s', magics];
const tests = await run([path.join(bin, 'python'), ...discover], {
  ...own,
  env: {...own.env, PATH: `${bin}:${env.PATH}`},
});
const [counted = 'no test ran'] = tests.text.match(/^Ran \d+ tests.*$/m) ?? [];
report(`%%ts: ${counted}`, tests.code === 0 && !tests.text.includes('skipped'), tests.text);
// Behind the dots of the tests that passed.
const [overhead = 'an empty cell was not timed'] = tests.text.match(/an empty cell: .*$/m) ?? [];
console.log(`  ${overhead}`);
finish();

function onlyExpected(place) {
  return fs.readdirSync(place).every((name) => name === 'convlab' || /\.(ipynb|zip|h5|keras)$/.test(name));
}

/** Executes a notebook in place; prints how long the set-up took and the most memory that both kernels had. */
function EXECUTE() {
  return `
import os, sys, threading, time
from pathlib import Path
import nbformat
from nbclient import NotebookClient

def resident():
    total = 0
    for file in Path("/proc").glob("[0-9]*/status"):
        try:
            text = file.read_text()
            command = (file.parent / "cmdline").read_text()
        except OSError:
            continue
        if "ipykernel_launcher" in command or "kernel/launch.js" in command:
            total += next((int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS")), 0)
    return total

most = 0
def watch():
    global most
    while True:
        most = max(most, resident())
        time.sleep(0.5)
threading.Thread(target=watch, daemon=True).start()

file = sys.argv[1]
notebook = nbformat.read(file, 4)
starts = []
client = NotebookClient(notebook, timeout=1500, kernel_name="python3",
    on_cell_start=lambda cell, cell_index: starts.append((cell.cell_type, time.time())))
try:
    client.execute()
finally:
    nbformat.write(notebook, file)
code = [at for kind, at in starts if kind == "code"]
print(f"set-up {code[1] - code[0]:.0f} s, both kernels {most / 1e6:.2f} GB")
`;
}
