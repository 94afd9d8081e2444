/** How every command here reads its arguments, says how it is used, and fails. */
import {parseArgs} from 'node:util';

/**
 * @typedef {{type: 'string' | 'boolean' | 'number', default?: string | boolean | number}} Option
 * @typedef {{values: Record<string, any>, positionals: string[]}} Arguments
 * @typedef {object} Command
 * @property {string} usage how it is typed, then what it does and each option
 * @property {Record<string, Option>} [options] besides --help, which each has
 * @property {number} [most] how many arguments that are no options it takes; any number when left out
 * @property {boolean} [passesOn] takes every word as it is, for another program
 */

/**
 * Runs a command on the words that were typed; on failure its error is printed and the exit code is 1, or 2 for a wrong use.
 *
 * @param {Command} command
 * @param {(given: Arguments) => unknown} work
 * @param {string[]} words
 */
export async function runCommand(command, work, words = process.argv.slice(2)) {
  const given = understood(command, words);
  if (given === undefined) return;
  try {
    await work(given);
  } catch (error) {
    console.error(`${nameOf(command)}: ${error.message}`);
    process.exitCode = 1;
  }
}

/**
 * What was typed, for a script that works at its top level. The process ends here when it was --help or is wrong.
 *
 * @param {Command} command
 * @returns {Arguments}
 */
export function argumentsOf(command, words = process.argv.slice(2)) {
  return understood(command, words) ?? process.exit();
}

/**
 * Says how the command is used where that is asked for, or where the words are wrong; then the exit code is 2.
 *
 * @returns {Arguments | undefined} undefined when there is nothing to do
 */
function understood(command, words) {
  try {
    const given = readArguments(command, words);
    if (!given.values.help) return given;
    console.log(command.usage);
  } catch (error) {
    console.error(`${nameOf(command)}: ${error.message}\n\n${command.usage}`);
    process.exitCode = 2;
  }
  return undefined;
}

/** What is typed before the arguments: the usage's first words. */
const nameOf = ({usage}) => usage.split(/ (?:-- )?(?=[[.]|\n)|\s{2,}|\n/)[0];

/**
 * @param {Command} command
 * @param {string[]} words
 * @returns {Arguments} with numbers where the option is one
 * @throws Error for an option that there isn't, a number that is none, or too many arguments
 */
export function readArguments({options = {}, most = Infinity, passesOn = false}, words) {
  if (passesOn) return {values: {help: words.includes('--help')}, positionals: words};
  const {values, positionals} = parseArgs({
    args: words,
    allowPositionals: true,
    options: {help: {type: 'boolean', default: false}, ...mapValues(options, asText)},
  });
  if (positionals.length > most) throw new Error(`unexpected argument: ${positionals[most]}`);
  for (const [name, {type}] of Object.entries(options)) {
    if (type === 'number' && values[name] !== undefined) values[name] = positive(name, values[name]);
  }
  return {values: {...values}, positionals};
}

const asText = (option) =>
  option.type === 'number' ? {...option, type: 'string', default: option.default?.toString()} : option;

function positive(name, text) {
  if (text.trim() === '' || !(Number(text) > 0)) throw new Error(`--${name}: expected a number above 0, got ${text}`);
  return Number(text);
}

const mapValues = (object, f) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, f(value)]));
