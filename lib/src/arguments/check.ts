import {describe} from './describe';

/** What a value has to be: `expected` completes the sentence "batchSize must be …". */
export interface Kind {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  /** Put behind what came: how to get it right. */
  readonly help?: string;
}

/** One kind for each option, none forgotten. */
export type Kinds<Options> = {readonly [Name in keyof Required<Options>]: Kind};

/** @throws Error that names who was called, the argument, what was expected and what came. */
export function check(caller: string, argument: string, value: unknown, {expected, fits, help}: Kind): void {
  if (fits(value)) return;
  throw new Error(`${caller}: ${argument} must be ${expected}, got ${describe(value)}${help ? `; ${help}` : ''}`);
}

/**
 * Options as callers write them: an object, or nothing; a name that isn't known is a misspelt one. An option that is
 * undefined is left out.
 *
 * @throws Error as `check` does, and for unknown names.
 */
export function checkOptions<Options>(caller: string, options: unknown, kinds: Kinds<Options>): void {
  const names = Object.keys(kinds);
  check(caller, 'options', options, {
    expected: `an object such as {${names[0]!}: …}`,
    fits: (value) => value === undefined || isPlainObject(value),
  });
  for (const [name, value] of Object.entries(options ?? {})) {
    if (!(name in kinds)) throw new Error(`${caller}: there is no option ${name}; ${suggestion(name, names)}`);
    if (value !== undefined) check(caller, name, value, (kinds as Record<string, Kind>)[name]!);
  }
}

/** Python's batch_size is batchSize here. */
function suggestion(name: string, names: string[]): string {
  const bare = (text: string) => text.replaceAll('_', '').toLowerCase();
  const meant = names.find((known) => bare(known) === bare(name));
  return meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`;
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const {constructor} = value as {constructor?: {name?: string}};
  return constructor === undefined || constructor.name === 'Object';
}
