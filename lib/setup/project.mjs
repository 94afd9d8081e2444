/** Where things are in the project. */
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const inRoot = (...parts) => path.join(root, ...parts);

/** Downloads and marks of finished steps; safe to delete. */
export const cache = inRoot('.cache');
