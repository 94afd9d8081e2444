import {isObject, type Json} from '../json';
import {LAYERS} from './layers';

/** The classes of a model's layers that do nothing here while it trains, each once. */
export function idleLayers(architecture: Json): string[] {
  if (Array.isArray(architecture)) return [...new Set(architecture.flatMap(idleLayers))];
  if (!isObject(architecture)) return [];
  const {class_name} = architecture;
  const own = typeof class_name === 'string' && LAYERS.get(class_name)?.idle === true ? [class_name] : [];
  return [...new Set([...own, ...Object.values(architecture).flatMap(idleLayers)])];
}

/** What becomes of them here, and what follows. */
export function idleNotice(names: readonly string[]): string {
  return `${names.join(', ')}: nothing is changed here: predictions are the same, but training sees the pictures as they are`;
}
