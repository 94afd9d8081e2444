import type {Exercise} from './exercise';
import {FURTHER} from './further';
import {WALKTHROUGH} from './walkthrough';

/** All of the notebooks, by number. */
export const EXERCISES: Readonly<Record<string, Exercise>> = {...WALKTHROUGH, ...FURTHER};
