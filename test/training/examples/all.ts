import type {Example, Size} from './example';
import * as pictures from './pictures';
import * as sequences from './sequences';
import * as tables from './tables';

/** Every example by its name. */
export const examples: Record<string, (size: Size) => Example> = {
  ...pictures,
  ...tables,
  ...sequences,
  additionSimpleRNN: (size) => sequences.addition(size, 'simpleRNN'),
  additionGRU: (size) => sequences.addition(size, 'gru'),
};
