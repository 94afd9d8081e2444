import {tf} from '../tfjs/tensorflow';
import {type Closures, withClosures} from './closures';

/** A variable, property or element, and what it is: a plain value, or the object that stands there. */
interface Place {
  name: string;
  value: unknown;
}

/** What code of the user's can see, and so change, as it runs: variables of its closures, properties, elements. */
export type OwnState = readonly Place[];

/** Functions see other functions, and so on: a loss, what it calls, and what these see. */
const deepest = 1;
/** So many objects and functions are looked into, the nearest first. */
const mostObjects = 300;
/** To ask for a function's closure takes half a millisecond. */
const mostFunctions = 20;
/** Longer lists are data. */
const mostElements = 1000;

/** @param code Functions, and objects of classes of the user's own. */
export function ownState(code: readonly object[]): OwnState {
  return withClosures((closures) => {
    const places: Place[] = [];
    const scripts = scriptsOf(code, closures);
    const roots = code.filter((each) => isOwn(each, scripts, closures));
    const seen = new Set<object>(roots);
    const queue = roots.map((owner) => ({owner, path: '', depth: 0}));
    let functions = 0;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const {owner, path, depth} = next;
      const isFunction = typeof owner === 'function';
      if (isFunction && (depth > deepest || ++functions > mostFunctions)) continue;
      const note = (name: string, value: unknown, below: number) => {
        places.push({name, value});
        if (!isObject(value) || seen.has(value) || seen.size > mostObjects || !isOwn(value, scripts, closures)) return;
        seen.add(value);
        queue.push({owner: value, path: name, depth: below});
      };
      for (const [name, value] of insideOf(owner, closures)) note(path === '' ? name : `${path}.${name}`, value, depth);
      if (isFunction) {
        for (const [name, value] of closures.variablesOf(owner).flatMap(propertiesOf)) note(name, value, depth + 1);
      }
    }
    return places;
  });
}

/** The name of something that isn't what it was; undefined when all is. */
export function changedPlace(before: OwnState, after: OwnState): string | undefined {
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [old, now] = [before[i], after[i]];
    if (old?.name !== now?.name || !Object.is(old?.value, now?.value)) return (now ?? old)!.name;
  }
  return undefined;
}

type Named = [name: string, value: unknown];

function insideOf(owner: object, closures: Closures): Named[] {
  if (isCollection(owner)) {
    // By entries, which both have; the pairs themselves are made anew at each look.
    const elements = owner.size > mostElements ? [] : [...owner.entries()].flat();
    return elements.map((value: unknown): Named => ['element', value]);
  }
  const properties = propertiesOf(owner);
  if (typeof owner === 'function' || isList(owner) || isPlain(owner)) return properties;
  // Its class has static properties, and a prototype with methods, which see what surrounds them.
  return [...properties, ...closures.privateFieldsOf(owner), ['constructor', owner.constructor]];
}

/** Without what is computed when asked for, which may do anything. */
function propertiesOf(owner: object): Named[] {
  if (isList(owner)) return owner.length > mostElements ? [] : Array.from(owner, (value, i) => [String(i), value]);
  return Object.entries(Object.getOwnPropertyDescriptors(owner)).map(([name, {value}]) => [name, value as unknown]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

function isCollection(owner: object): owner is Map<unknown, unknown> | Set<unknown> {
  return owner instanceof Map || owner instanceof Set;
}

function isList(owner: object): owner is ArrayLike<unknown> & object {
  return Array.isArray(owner) || (ArrayBuffer.isView(owner) && !(owner instanceof DataView));
}

/** Whether its class is Object, also that of another realm. */
function isPlain(owner: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(owner);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The scripts that the code is in; TensorFlow.js's are none of the user's, nor what JavaScript brings along. */
function scriptsOf(code: readonly object[], closures: Closures): ReadonlySet<string | undefined> {
  const {Tensor, layers, metrics} = tf;
  const libraries = [undefined, ...[Tensor, layers.dense, metrics.mse].map((part) => closures.scriptOf(part))];
  const scripts = new Set(code.map((each) => closures.scriptOf(codeOf(each))));
  for (const library of libraries) scripts.delete(library);
  return scripts;
}

/** The function, or the class of the object. */
function codeOf(value: object): object {
  return typeof value === 'function' ? value : value.constructor;
}

/** Whether to look inside: what changes in libraries, settings and values tell. */
function isOwn(value: object, scripts: ReadonlySet<string | undefined>, closures: Closures): boolean {
  if (Object.hasOwn(value, '__esModule') && Reflect.get(value, 'tf') === tf) return false;
  if (typeof value !== 'function' && (isCollection(value) || isList(value) || isPlain(value))) return value !== tf;
  return scripts.has(closures.scriptOf(codeOf(value)));
}
