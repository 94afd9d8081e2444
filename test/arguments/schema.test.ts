import {describe, expect, test} from '@jest/globals';
import {count, text} from '../../lib/src/arguments/kinds';
import {checkArguments, optional, optionsOf, type Schema} from '../../lib/src/arguments/schema';

interface Options {
  size: number;
  name?: string;
}
const schema: Schema<{file: string; options: Options}> = {
  file: text,
  options: optionsOf<Options>({size: count, name: optional(text)}),
};
const check = (file: unknown, options: unknown) => () => {
  checkArguments({file, options} as {file: string; options: Options}, schema);
};

describe('checkArguments()', () => {
  test('takes what fits', () => {
    expect(check('a', {size: 1})).not.toThrow();
    expect(check('a', {size: 1, name: undefined})).not.toThrow();
  });

  test.each<[string, () => void, string]>([
    ['an argument that is missing', check(undefined, {size: 1}), 'file must be a text, got nothing'],
    ['an option that is required', check('a', {}), 'size must be a whole number of at least 1, got nothing'],
    [
      'no options where one is required',
      check('a', undefined),
      'size must be a whole number of at least 1, got nothing',
    ],
    ['an option of another kind', check('a', {size: 1, name: 2}), 'name must be a text, got 2'],
    ['what are no options', check('a', 3), 'options must be an object such as {size: …}, got 3'],
    ['a misspelt option', check('a', {size: 1, Name: 'a'}), 'there is no option Name; did you mean name?'],
    [
      'a name that every object has',
      check('a', {size: 1, toString: 1}),
      'there is no option toString; there are size, name',
    ],
  ])('names %s', (_name, call, message) => {
    expect(call).toThrow(message);
  });
});
