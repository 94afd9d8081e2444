import {createHash} from 'node:crypto';
import path from 'node:path';
import {types} from 'node:util';
import {tf} from '../tfjs/tensorflow';
import {type Closures, type Named, withClosures} from './closures';

/** A variable, property or element, and what it is: a plain value, or the object that stands there. */
interface Place {
  name: string;
  value: unknown;
}

/** What code of the user's can see, and so change, as it runs: variables of its closures, properties, elements. */
export type OwnState = readonly Place[];

/** So many objects and functions are looked into, the nearest first. */
const mostObjects = 300;
/** To ask for a function's closure takes a third of a millisecond. */
const mostFunctions = 100;
/** Longer lists are data. */
const mostElements = 1000;
/** Of numbers in one piece of memory, which are compared by their digest: half a millisecond. */
const mostBytes = 2 ** 19;

/** @param code Functions, and objects of classes of the user's own. */
export function ownState(code: readonly object[]): OwnState {
  return withClosures((closures) => {
    const places: Place[] = [];
    const seen = new Set<object>([globalThis, Object.prototype, Function.prototype]);
    let functions = 0;
    // The global variables come last, however near they are: few look there.
    for (const roots of [code, [globals(), process.env]]) {
      const queue = roots.filter((each) => isOwn(each, closures)).map((owner) => ({owner, at: ''}));
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const {owner, at} = next;
        seen.add(owner);
        if (typeof owner === 'function' && ++functions > mostFunctions) continue;
        const {fields, variables} = insideOf(owner, closures);
        const named = fields.map(([name, value]): Named => [pathTo(name, at), value]);
        for (const [name, value] of [...named, ...variables]) {
          places.push({name, value});
          if (!isObject(value) || seen.has(value) || seen.size > mostObjects || !isOwn(value, closures)) continue;
          seen.add(value);
          queue.push({owner: value, at: name});
        }
      }
    }
    return places;
  });
}

/** Without the steps that are V8's own, such as from a Proxy to its target. */
function pathTo(name: string, at: string): string {
  if (name.startsWith('[[')) return at;
  return at === '' ? name : `${at}.${name}`;
}

/** The name of something that isn't what it was; undefined when all is. */
export function changedPlace(before: OwnState, after: OwnState): string | undefined {
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [old, now] = [before[i], after[i]];
    if (old?.name !== now?.name || !Object.is(old?.value, now?.value)) return (now ?? old)!.name;
  }
  return undefined;
}

/** The user's global variables: plain values, lists, and objects of no class. */
function globals(): object {
  const variables = Object.entries(Object.getOwnPropertyDescriptors(globalThis)).filter(([, {enumerable, value}]) => {
    if (enumerable !== true || typeof value === 'function') return false;
    return !isObject(value) || Array.isArray(value) || isPlain(value);
  });
  return Object.fromEntries(variables.map(([name, {value}]) => [name, value as unknown]));
}

interface Inside {
  fields: Named[];
  variables: Named[];
}

function insideOf(owner: object, closures: Closures): Inside {
  const only = (fields: Named[]) => ({fields, variables: []});
  // A look at its properties would run the user's code.
  if (types.isProxy(owner)) return only(closures.hiddenIn(owner).fields);
  if (isMemory(owner)) return only([['values', digest(owner)]]);
  if (owner instanceof Map || owner instanceof Set) {
    // By entries, which both have; the pairs themselves are made anew at each look.
    const elements = owner.size > mostElements ? [] : [...owner.entries()].flat();
    return only([...propertiesOf(owner), ...elements.map((value: unknown): Named => ['element', value])]);
  }
  if (Array.isArray(owner)) return only(owner.length > mostElements ? [] : propertiesOf(owner));
  if (typeof owner !== 'function' && isPlain(owner)) return only(propertiesOf(owner));
  const {variables, fields} = closures.hiddenIn(owner);
  if (fields.length > mostElements) return only([]);
  // Its class has static properties, and a prototype with methods, which see what surrounds them.
  const more: Named[] = typeof owner === 'function' ? [] : [['constructor', owner.constructor]];
  if (types.isDate(owner)) more.push(['time', owner.getTime()]);
  return {fields: [...propertiesOf(owner), ...fields, ...more], variables};
}

/** What is computed when asked for isn't: that may do anything. The functions that would do it are looked into. */
function propertiesOf(owner: object): Named[] {
  return Reflect.ownKeys(owner).flatMap((key) => {
    const descriptor: object = Object.getOwnPropertyDescriptor(owner, key) ?? {};
    const parts = ['get', 'set', 'value'].map((part) => Reflect.get(descriptor, part) as unknown);
    return parts.filter((part) => part !== undefined).map((part): Named => [String(key), part]);
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

function isMemory(owner: object): owner is ArrayBufferView | ArrayBufferLike {
  return ArrayBuffer.isView(owner) || types.isAnyArrayBuffer(owner);
}

function digest(owner: ArrayBufferView | ArrayBufferLike): string | undefined {
  if (owner.byteLength > mostBytes) return undefined;
  const bytes = ArrayBuffer.isView(owner)
    ? new Uint8Array(owner.buffer, owner.byteOffset, owner.byteLength)
    : new Uint8Array(owner);
  return createHash('sha1').update(bytes).digest('base64');
}

/** Whether its class is Object, also that of another realm. */
function isPlain(owner: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(owner);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether to look inside: what changes in libraries, settings and values tell. */
function isOwn(value: object, closures: Closures): boolean {
  if (types.isProxy(value)) return true;
  if (value === tf || (Object.hasOwn(value, '__esModule') && Reflect.get(value, 'tf') === tf)) return false;
  if (typeof value === 'function') {
    const file = closures.fileOf(value);
    return file === undefined ? value.name.startsWith('bound ') : !isLibrary(file);
  }
  if (Array.isArray(value) || isMemory(value) || isPlain(value)) return true;
  const file = closures.fileOf(value.constructor);
  return file === undefined || !isLibrary(file);
}

const convlab = `${path.dirname(path.dirname(__dirname))}${path.sep}`;

/** Node's own files, packages, and those of this one. */
function isLibrary(file: string): boolean {
  return (
    file.startsWith('node:') ||
    /[\\/]node_modules[\\/]/.test(file) ||
    file.replace(/^file:\/\//, '').startsWith(convlab)
  );
}
