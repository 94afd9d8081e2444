/** Runs cells of a notebook outside Jupyter, so that a measurement is of the very code that readers see. */
import fs from 'node:fs';
import {createRequire} from 'node:module';
import ts from 'typescript';
import {inRoot} from '../../lib/setup/project.mjs';

const require = createRequire(inRoot('notebooks', 'x.cjs'));
const AsyncFunction = /** @type {FunctionConstructor} */ ((async () => undefined).constructor);

/**
 * @param {string} notebook its file's name, without the ending
 * @param {string[]} ids the cells to run, in this order
 * @param {string[]} names what to return of all that they declare
 * @param {Record<string, unknown>} given what earlier cells would have declared
 * @param {(source: string) => string} changed what to run in place of a cell's source, such as another seed
 * @returns {Promise<Record<string, any>>} the values by name
 */
export async function runCells(notebook, ids, names, given = {}, changed = (source) => source) {
  const {cells} = JSON.parse(fs.readFileSync(inRoot('notebooks', `${notebook}.ipynb`), 'utf8'));
  const sources = ids.map((id) => {
    const cell = cells.find((each) => each.id === id && each.cell_type === 'code');
    if (cell === undefined) throw new Error(`${notebook} has no code cell ${id}`);
    return changed([cell.source].flat().join(''));
  });
  // Imports are hoisted to the top of a module, where no function may stand: the body becomes a function after that.
  const {outputText} = ts.transpileModule(`${sources.join('\n')}\nexport {${names.join(', ')}};`, {
    compilerOptions: {module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022},
  });
  const exported = {};
  await new AsyncFunction('require', 'exports', ...Object.keys(given), outputText)(
    require,
    exported,
    ...Object.values(given),
  );
  return exported;
}

/** A number with so many decimals. */
export const rounded = (value, decimals = 2) => Number(value.toFixed(decimals));

/**
 * Adds values to the numbers, each name behind a beginning.
 *
 * @param {object} numbers
 * @param {string | number} beginning
 * @param {Record<string, number>} values
 */
export function note(numbers, beginning, values, decimals = 2) {
  const named = Object.entries(values).map(([name, value]) => [`${beginning} ${name}`, rounded(value, decimals)]);
  Object.assign(numbers, Object.fromEntries(named));
}

/**
 * @param {Record<string, number>} numbers
 * @returns {Record<string, number>} the same with three decimals, as the text has them
 */
export const inThreeDecimals = (numbers) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value, 3)]));
