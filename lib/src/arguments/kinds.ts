// Kinds of values that several functions take.
import type {Kind} from './schema';

export const count: Kind = {
  expected: 'a whole number of at least 1',
  fits: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
};

export const wholeNumber: Kind = {expected: 'a whole number', fits: (value) => Number.isSafeInteger(value)};

export const notNegativeWhole: Kind = {
  expected: 'a whole number of at least 0',
  fits: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};

export const number: Kind = {expected: 'a number', fits: Number.isFinite};

export const positive: Kind = {
  expected: 'a number greater than 0',
  fits: (value) => Number.isFinite(value) && (value as number) > 0,
};

export const notNegative: Kind = {
  expected: 'a number of at least 0',
  fits: (value) => Number.isFinite(value) && (value as number) >= 0,
};

export const trueOrFalse: Kind = {expected: 'true or false', fits: (value) => typeof value === 'boolean'};

export const text: Kind = {expected: 'a text', fits: (value) => typeof value === 'string'};

export const file: Kind = {
  expected: "a file's path",
  fits: (value) => typeof value === 'string' && value !== '',
};

export const folder: Kind = {
  expected: "a folder's path",
  fits: (value) => typeof value === 'string' && value !== '',
};

/** What a file holds, as `fs.readFile` returns it. */
export const fileBytes: Kind = {
  expected: "a Uint8Array with a file's bytes",
  fits: (value) => value instanceof Uint8Array,
  help: 'read(path) reads a file',
};

/** The size that pictures are brought to. */
export const pictureSize: Kind = {
  expected: 'a whole number of pixels, or [height, width]',
  fits: (value) => count.fits(value) || (Array.isArray(value) && value.length === 2 && value.every(count.fits)),
};

/** A share of a whole. */
export const share: Kind = {
  expected: 'a share from 0 to 1',
  fits: (value) => typeof value === 'number' && value >= 0 && value <= 1,
};

export const shareAbove0: Kind = {
  expected: 'a share above 0 and at most 1',
  fits: (value) => share.fits(value) && value !== 0,
};

export const texts: Kind = {
  expected: 'a list of texts',
  fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

/** Arrays and typed arrays; a text has a length, too, and is none. */
export const numbers: Kind = {
  expected: 'a list of numbers',
  fits: (value) => isArrayLike(value) && Array.prototype.every.call(value, (item) => typeof item === 'number'),
};

/** Any of a few values. */
export function oneOf(...values: (string | number)[]): Kind {
  const names = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  return {
    expected: `${names.slice(0, -1).join(', ')} or ${names.at(-1)!}`,
    fits: (value) => (values as unknown[]).includes(value),
  };
}

/** The values between which a picture goes from black to white. */
export const blackToWhite: Kind = {
  expected: '[low, high], two numbers',
  fits: (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1],
  help: 'the first is drawn black and the second, the larger, white',
};

/** What is looked at elsewhere. */
export const anything: Kind = {expected: 'anything', fits: () => true};

/** Whether it is a list of some kind: an array or a typed array. */
export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}
