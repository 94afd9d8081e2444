import {describe} from './describe';
import {CallError} from './publicCall';

/** What a value has to be: `expected` completes the sentence "batchSize must be …". */
export interface Kind {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  /** Put behind what came: how to get it right. */
  readonly help?: string;
  /** What else may be wrong with a value of this kind, as a sentence of its own: "the model has no layers yet". */
  readonly problem?: (value: unknown) => string | undefined;
  readonly optional?: undefined;
}

/** A kind of value that may be left out. */
export interface OptionalKind extends Omit<Kind, 'optional'> {
  readonly optional: true;
}

/** An object of options, each of its own kind. */
export interface OptionsKind {
  readonly options: Readonly<Record<string, Kind | OptionalKind>>;
}

/** A kind for every argument, or for every option: none forgotten, and optional where its type says so. */
export type Schema<Values> = {
  readonly [Name in keyof Required<Values>]: OptionsKind | (undefined extends Values[Name] ? OptionalKind : Kind);
};

/** What may be left out, but must be of this kind where it is given. */
export function optional(kind: Kind): OptionalKind {
  return {...kind, optional: true};
}

/** Options as callers write them: an object, or nothing. A name that isn't known is a misspelt one. */
export function optionsOf<Options>(schema: Schema<Options> & Record<string, Kind | OptionalKind>): OptionsKind {
  return {options: schema};
}

/**
 * Holds the arguments of a public function against their schema, one after the other.
 *
 * @throws CallError for the first that doesn't fit: what it is called, what was expected and what came.
 */
export function checkArguments<Values extends object>(values: Values, schema: Schema<Values>): void {
  for (const [name, kind] of Object.entries<Kind | OptionalKind | OptionsKind>(schema)) {
    const value = (values as Record<string, unknown>)[name];
    if ('options' in kind) checkOptions(name, value, kind.options);
    else checkArgument(name, value, kind);
  }
}

/** @throws CallError that names the argument, what was expected and what came. */
export function checkArgument(name: string, value: unknown, kind: Kind | OptionalKind): void {
  if (kind.optional && value === undefined) return;
  if (!kind.fits(value)) {
    throw new CallError(`${name} must be ${kind.expected}, got ${describe(value)}${kind.help ? `; ${kind.help}` : ''}`);
  }
  const problem = kind.problem?.(value);
  if (problem !== undefined) throw new CallError(problem);
}

function checkOptions(name: string, given: unknown, kinds: OptionsKind['options']): void {
  const names = Object.keys(kinds);
  checkArgument(name, given, {
    expected: `an object such as {${names[0]!}: …}`,
    fits: (value) => value === undefined || isPlainObject(value),
  });
  const options = (given ?? {}) as Record<string, unknown>;
  for (const option of Object.keys(options)) {
    if (!Object.hasOwn(kinds, option)) {
      throw new CallError(`there is no option ${option}; ${suggestion(option, names)}`);
    }
  }
  for (const option of names) checkArgument(option, options[option], kinds[option]!);
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
