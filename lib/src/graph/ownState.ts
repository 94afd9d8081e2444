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
    const seen = new Set<object>(code);
    const queue = code.map((owner) => ({owner, path: '', depth: 0}));
    let functions = 0;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const {owner, path, depth} = next;
      const isFunction = typeof owner === 'function';
      if (isFunction && (depth > deepest || ++functions > mostFunctions)) continue;
      const note = (name: string, value: unknown, below: number) => {
        places.push({name, value});
        if (!isObject(value) || seen.has(value) || seen.size > mostObjects || isLibrary(value, closures)) return;
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
    return owner.size > mostElements ? [] : [...owner].map((value: unknown): Named => ['element', value]);
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

/** Whether this is no code of the user's: what changes inside TensorFlow.js, its settings or its values tell. */
function isLibrary(value: object, closures: Closures): boolean {
  if (namespaces.has(value) || value instanceof tf.Tensor) return true;
  // What `import * as convlab` has come to.
  if (Object.hasOwn(value, '__esModule') && Object.getOwnPropertyDescriptor(value, 'tf')?.value === tf) return true;
  if (typeof value !== 'function' && (isCollection(value) || isList(value) || isPlain(value))) return false;
  const code: unknown = typeof value === 'function' ? value : value.constructor;
  return typeof code !== 'function' || librariesOf(closures).has(closures.scriptOf(code));
}

const namespaces = new Set<unknown>([globalThis, process, ...Object.values(tf), tf]);

let libraries: ReadonlySet<string | undefined> | undefined;

/** The scripts that TensorFlow.js consists of, and none, which is where JavaScript's own functions are. */
function librariesOf(closures: Closures): ReadonlySet<string | undefined> {
  const {Tensor, layers, data, GraphModel, node} = tf;
  const parts = [
    Tensor,
    layers.dense,
    data.array,
    GraphModel,
    node.decodeImage,
    tf.findBackend('tensorflow').constructor,
  ];
  libraries ??= new Set([undefined, ...parts.map((part) => closures.scriptOf(part))]);
  return libraries;
}
