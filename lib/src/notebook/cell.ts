/** What a cell may ask of the notebook that it stands in. */
import {text, trueOrFalse} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {findKernel} from './kernel';

/**
 * Removes what the cell has shown so far. Outside a notebook it does nothing.
 *
 * @param options.wait Whether to wait until something new is shown, so that nothing flickers. Default false.
 * @throws Error for options that it doesn't know.
 * @example
 * for (let i = 0; i < 5; i++) {
 *   clearOutput({wait: true});
 *   show(picture(train, [i]));
 * }
 */
export function clearOutput(options: {wait?: boolean} = {}): void {
  publicCall('clearOutput', () => {
    checkArguments({options}, {options: optionsOf<{wait?: boolean}>({wait: optional(trueOrFalse)})});
    findKernel()?.clearOutput(options.wait ?? false);
  });
}

/**
 * Asks the reader for a line of text.
 *
 * @param prompt What stands before the field. Default nothing.
 * @param options.password Whether to hide what is typed. Default false.
 * @returns What was typed.
 * @throws Error outside a notebook, and where a notebook runs without a reader, as in nbconvert.
 * @example
 * const name = await input('Your name? ');
 */
export function input(prompt = '', options: {password?: boolean} = {}): Promise<string> {
  return publicCall('input', async () => {
    const inputOptions = optionsOf<{password?: boolean}>({password: optional(trueOrFalse)});
    checkArguments({prompt, options}, {prompt: text, options: inputOptions});
    const kernel = findKernel();
    if (!kernel) throw new CallError('it asks in a notebook, and this is none; node:readline asks in a terminal');
    return kernel.input(prompt, options.password ?? false);
  });
}
