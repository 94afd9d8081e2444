#!/usr/bin/env node
// Outputs are committed with the notebooks, so that the pictures show where notebooks are only read. This script takes
// them from the executed copies and removes all that differs from run to run without meaning anything: timings, editors'
// metadata, the seconds in fit's lines ("375/375 - 9s - loss: …" loses its "9s - ", which says more
// about the machine than about the network). A stamp, the hash of the code cells, tells later which code made them.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {argumentsOf} from '../lib/commands/command.mjs';
import {lessonsIn} from '../lib/jupyter/notebooks.mjs';

const LARGEST = 300_000;
const SECONDS = /^(\d+\/\d+ - )[\d:]+s? - /gm;

const {
  values: {check},
  positionals: [notebooks = 'notebooks', executed = 'build/notebooks'],
} = argumentsOf({
  usage: `npm run clean-notebooks [-- NOTEBOOKS [EXECUTED]]

Takes the outputs of the executed notebooks (build/notebooks) into those that are committed (notebooks).

  --check    writes nothing, and fails when outputs are missing, stale, dirty or too large`,
  options: {check: {type: 'boolean', default: false}},
  most: 2,
});
const names = lessonsIn(notebooks);
const problems = names.flatMap((name) => (check ? findProblems(name) : update(name)).map((text) => `${name}: ${text}`));
console[problems.length > 0 ? 'error' : 'log'](
  problems.join('\n') || `${names.length} notebooks ${check ? 'are clean' : 'cleaned'}`,
);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Writes one notebook with the outputs of its executed copy; returns what stands in the way. */
function update(name) {
  const notebook = read(path.join(notebooks, name));
  const copy = path.join(executed, name);
  if (!fs.existsSync(copy)) return [`not in ${executed}; run npm start first`];
  const ran = read(copy);
  if (codeHash(ran) !== codeHash(notebook)) return ['its code has changed since it was executed; run npm start again'];
  const outputs = new Map(ran.cells.map((cell) => [cell.id, cell.outputs]));
  for (const cell of codeCells(notebook)) cell.outputs = outputs.get(cell.id) ?? [];
  notebook.metadata.convlab = {code: codeHash(notebook)};
  fs.writeFileSync(path.join(notebooks, name), format(clean(notebook)));
  return [];
}

/** What is wrong with one committed notebook. */
function findProblems(name) {
  const text = fs.readFileSync(path.join(notebooks, name), 'utf8');
  const notebook = JSON.parse(text);
  const outputs = codeCells(notebook).flatMap((cell) => cell.outputs);
  const stamp = notebook.metadata.convlab?.code;
  const found = [];
  if (stamp === undefined || outputs.length === 0) {
    found.push('has no outputs; run npm start, then npm run clean-notebooks');
  } else if (stamp !== codeHash(notebook)) {
    found.push('its outputs are stale: the code has changed since; run npm start, then npm run clean-notebooks');
  }
  if (format(clean(notebook)) !== text) found.push('is not clean; run npm run clean-notebooks');
  if (outputs.some((output) => output.output_type === 'error' || output.name === 'stderr')) {
    found.push('shows an error or a warning; fix the cell');
  }
  const size = Buffer.byteLength(text);
  if (size >= LARGEST) found.push(`is ${Math.round(size / 1000)} kB, expected less than ${LARGEST / 1000} kB`);
  return found;
}

/** The notebook without whatever differs from run to run. */
function clean(notebook) {
  const {kernelspec, language_info, convlab} = notebook.metadata;
  const language = {...language_info};
  delete language.version;
  let count = 0;
  return {
    cells: notebook.cells.map((cell) => ({
      ...cell,
      metadata: cell.metadata.tags ? {tags: cell.metadata.tags} : {},
      source: lines(cell.source),
      ...(cell.cell_type === 'code' && numbered(cell, ++count)),
    })),
    metadata: {convlab, kernelspec, language_info: language},
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** What the cell put out, counted as in a run from top to bottom. */
function numbered({outputs}, count) {
  const counted = (output) => ('execution_count' in output ? {...output, execution_count: count} : output);
  return {execution_count: count, outputs: cleanOutputs(outputs).map(counted)};
}

function cleanOutputs(outputs) {
  const kept = [];
  for (const output of outputs) {
    const last = kept.at(-1);
    if (output.output_type === 'stream') {
      // One write is one message: they are joined, or the pieces would depend on the speed of the machine.
      if (last?.output_type === 'stream' && last.name === output.name) last.text = join(last.text) + join(output.text);
      else kept.push({...output});
    } else if (!isEmpty(output)) {
      kept.push(output);
    }
  }
  return kept.map(withoutSeconds);
}

function withoutSeconds(output) {
  const calm = (text) => lines(join(text).replace(SECONDS, '$1'));
  if (output.output_type === 'stream') return {...output, text: calm(output.text)};
  const text = output.data?.['text/plain'];
  return text === undefined ? output : {...output, data: {...output.data, 'text/plain': calm(text)}};
}

/** What a progress display leaves behind when it has cleared itself. */
function isEmpty({output_type, data}) {
  return (
    output_type === 'display_data' && Object.values(data).every((value) => value.length === 0 || join(value) === '')
  );
}

/** Which code it is, whatever the text around it and the results. */
function codeHash(notebook) {
  const code = codeCells(notebook).map((cell) => join(cell.source));
  return crypto.createHash('sha256').update(JSON.stringify(code)).digest('hex').slice(0, 16);
}

function codeCells(notebook) {
  return notebook.cells.filter((cell) => cell.cell_type === 'code');
}

function read(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

/** As Jupyter's own nbformat writes it: sorted keys, one space, a newline at the end. */
function format(notebook) {
  return JSON.stringify(notebook, (_, value) => (isPlain(value) ? sortKeys(value) : value), 1) + '\n';
}

function isPlain(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortKeys(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Notebooks store long texts as lists of lines. */
function join(text) {
  return Array.isArray(text) ? text.join('') : String(text);
}

function lines(text) {
  return join(text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
