// What operations of keras.ops compute, by Keras's names in camelCase.
import {ACTIVATIONS} from './activations';
import {ARITHMETIC, COMPARISONS} from './arithmetic';
import type {Operations} from './kinds';
import {PICTURES} from './pictures';
import {PRODUCTS} from './products';
import {REDUCTIONS} from './reductions';
import {SHAPES} from './shapes';

export type {Operation} from './kinds';

export const OPERATIONS: Operations = {
  ...ARITHMETIC,
  ...COMPARISONS,
  ...ACTIVATIONS,
  ...REDUCTIONS,
  ...PRODUCTS,
  ...SHAPES,
  ...PICTURES,
};
