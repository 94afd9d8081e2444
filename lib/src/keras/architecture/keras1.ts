import {isObject, type Json} from '../json';

/** What Keras 1 called arguments of its layers; Keras 2 has other names for all of them. */
const OLD_NAMES = ['nb_filter', 'border_mode', 'dim_ordering', 'W_regularizer', 'W_constraint', 'inner_init'];

/**
 * @param version of Keras, as the file says
 * @throws Error for a model of Keras 1: its layers have other arguments, and some of its weights lie the other way round
 */
export function refuseKeras1(architecture: Json, version: string): void {
  if (!version.startsWith('1.') && !hasOldNames(architecture)) return;
  throw new Error(
    'it is of Keras 1, whose layers have other arguments; load it in Python with a Keras from 2.0 to 2.3, which still ' +
      "knows them, and save it again: keras.models.load_model('old.h5').save('new.h5')",
  );
}

function hasOldNames(architecture: Json): boolean {
  if (Array.isArray(architecture)) return architecture.some(hasOldNames);
  if (!isObject(architecture)) return false;
  return OLD_NAMES.some((name) => name in architecture) || Object.values(architecture).some(hasOldNames);
}
