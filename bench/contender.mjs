// The programs that a benchmark compares, each in a process of its own.
import {spawn} from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Two threads each. */
export const environment = {
  ...process.env,
  TF_CPP_MIN_LOG_LEVEL: '2',
  OMP_NUM_THREADS: '2',
  TF_NUM_INTRAOP_THREADS: '2',
  TF_NUM_INTEROP_THREADS: '2',
};

/** A process that answers each line with a line of JSON. */
export class Contender {
  /**
   * @param {string | undefined} python
   * @param {string} script a program of this folder, in Python or JavaScript
   * @param {unknown[]} words what it is told
   * @param {Record<string, string>} [env]
   */
  constructor(python, script, words, env = {}) {
    const program = script.endsWith('.py') ? python : process.execPath;
    this.process = spawn(program, [path.join(here, script), ...words.map(String)], {
      stdio: ['pipe', 'pipe', process.env.BENCH_LOG ? 'inherit' : 'ignore'],
      env: {...environment, ...env},
    });
    this.lines = readline.createInterface({input: this.process.stdout})[Symbol.asyncIterator]();
  }

  async answer() {
    for (;;) {
      const {value, done} = await this.lines.next();
      if (done) throw new Error('bench: a contender ended early; BENCH_LOG=1 shows why');
      if (value.startsWith('{')) return JSON.parse(value);
    }
  }

  ask(command) {
    this.process.stdin.write(`${command}\n`);
    return this.answer();
  }

  end() {
    this.process.kill();
  }
}

/**
 * Asks every contender in turn, `rounds` times after one to warm up.
 *
 * @param {Record<string, Contender>} contenders
 * @param {string} command
 * @param {number} rounds
 * @returns for each, the answers
 */
export async function compare(contenders, command, rounds) {
  const answers = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, contender] of Object.entries(contenders)) {
      const answer = await contender.ask(command);
      if (round > 0) answers[name].push(answer);
      console.log(`${command} ${round}/${rounds} ${name}: ${answer.seconds.toFixed(2)} s`);
    }
  }
  return answers;
}
