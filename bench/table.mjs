// How benchmarks write down what they found.
import os from 'node:os';

/** @param {number[]} numbers */
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];

/** A table in Markdown. @param {unknown[]} header @param {unknown[][]} rows */
export function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @param {number} n */
export const count = (n) => n.toLocaleString('en-US');

/** What the figures were measured on. */
export function machine() {
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus()[0].model}, ${os.availableParallelism()} cores, ${memory} GB, Node ${process.version}`;
}
