import {modelKind} from '../tfjs/model';
import {check} from './check';

/** `modelKind` where the caller's name is still passed along. */
export function checkModel(caller: string, model: unknown): void {
  check(caller, 'model', model, modelKind);
}
