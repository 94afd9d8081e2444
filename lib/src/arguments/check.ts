import {publicCall} from './publicCall';
import {checkArgument, checkArguments, type Kind, optional, type OptionsKind} from './schema';

export type {Kind} from './schema';

/** One kind for each option, none forgotten. */
export type Kinds<Options> = {readonly [Name in keyof Required<Options>]: Kind};

/** `checkArgument` where the caller's name is still passed along. */
export function check(caller: string, argument: string, value: unknown, kind: Kind): void {
  publicCall(caller, () => {
    checkArgument(argument, value, kind);
  });
}

/** `checkArguments` of options alone, where the caller's name is still passed along. */
export function checkOptions<Options>(caller: string, given: unknown, kinds: Kinds<Options>): void {
  const options: OptionsKind = {
    options: Object.fromEntries(Object.entries<Kind>(kinds).map(([name, kind]) => [name, optional(kind)])),
  };
  publicCall(caller, () => {
    checkArguments({options: given}, {options});
  });
}
