// JavaScript can't see what a function has in its closure, nor an object's private fields, nor what a WeakMap holds; V8's
// debugger can. It is asked from inside the process, and opens no port.
import inspector from 'node:inspector';

// What is handed over between here and the debugger, which share no variables.
const key = 'convlab.handed';
const place = `process.getBuiltinModule('node:inspector').Session[Symbol.for('${key}')]`;
const handed = Symbol.for(key);

interface Remote {
  objectId?: string;
  value?: unknown;
  subtype?: string;
}

interface Property {
  name: string;
  value?: Remote;
}

interface Properties {
  internalProperties?: Property[];
  privateProperties?: Property[];
}

/** Something by its name. */
export type Named = [name: string, value: unknown];

/** What only the debugger sees of an object. */
export interface Hidden {
  /** The variables that a function or a generator sees, without the global ones. */
  variables: Named[];
  /** Private fields ("#calls"), and what V8 keeps: the target of a Proxy, the entries of a WeakMap, the state of a generator. */
  fields: Named[];
}

/** Looks where only the debugger can. */
export interface Closures {
  hiddenIn(owner: object): Hidden;
  /** The file that a function is written in; undefined for what isn't JavaScript. */
  fileOf(f: object): string | undefined;
}

/** Runs `work` with the debugger at hand; where there is none, it sees nothing. */
export function withClosures<T>(work: (closures: Closures) => T): T {
  const session = new inspector.Session();
  try {
    session.connect();
  } catch {
    return work({hiddenIn: () => ({variables: [], fields: []}), fileOf: () => undefined});
  }
  try {
    return work(closuresOf(session));
  } finally {
    session.disconnect();
    Reflect.deleteProperty(inspector.Session, handed);
  }
}

// Known once asked for, as they stay.
const scripts = new WeakMap<object, string | undefined>();
const files = new Map<string, string>();

function closuresOf(session: inspector.Session): Closures {
  // In the session of one's own thread, answers come before the call returns.
  const ask = (method: string, parameters: object): unknown => {
    let answer: unknown;
    session.post(method, parameters, (_error, result) => {
      answer = result;
    });
    return answer;
  };
  const propertiesOf = (value: object) => {
    Reflect.set(inspector.Session, handed, value);
    const {objectId} = (ask('Runtime.evaluate', {expression: place}) as {result: Remote}).result;
    return ask('Runtime.getProperties', {objectId, ownProperties: true}) as Properties;
  };
  const valueOf = ({objectId, value}: Remote): unknown => {
    if (objectId === undefined) return typeof value === 'object' ? JSON.stringify(value) : value;
    ask('Runtime.callFunctionOn', {objectId, functionDeclaration: `function () { ${place} = this; }`});
    return Reflect.get(inspector.Session, handed) as unknown;
  };
  const fileOfScript = (script: string) => {
    if (!files.has(script)) {
      // It names every script there is, in some 0.1 s.
      session.on('Debugger.scriptParsed', ({params}) => files.set(params.scriptId, params.url));
      ask('Debugger.enable', {});
      ask('Debugger.disable', {});
      session.removeAllListeners('Debugger.scriptParsed');
      if (!files.has(script)) files.set(script, '');
    }
    return files.get(script)!;
  };
  return {
    hiddenIn: (owner) => {
      const {internalProperties = [], privateProperties = []} = propertiesOf(owner);
      const [variables, fields]: [Named[], Named[]] = [[], []];
      for (const {name, value} of [...internalProperties, ...privateProperties]) {
        if (value === undefined) continue;
        const found = valueOf(value);
        if (name === '[[Scopes]]') variables.push(...variablesIn(found as Scopes));
        else if (name === '[[Entries]]') fields.push(...entriesIn(found as Entries));
        // Bound arguments and the like are a new list at each look.
        else if (Array.isArray(found)) fields.push(...Array.from(found, element));
        else fields.push([name, found]);
      }
      return {variables, fields};
    },
    fileOf: (f) => {
      if (!scripts.has(f)) {
        const {internalProperties} = propertiesOf(f);
        const found = internalProperties?.find(({name}) => name === '[[FunctionLocation]]');
        scripts.set(f, (found?.value?.value as {scriptId: string} | undefined)?.scriptId);
      }
      const script = scripts.get(f);
      return script === undefined ? undefined : fileOfScript(script);
    },
  };
}

// Objects of the debugger's, made anew at each look.
type Scopes = ArrayLike<{object: object; description: string}>;
type Entries = ArrayLike<{key?: unknown; value: unknown}>;

function variablesIn(scopes: Scopes): Named[] {
  const own = Array.from(scopes).filter(({description}) => !description.startsWith('Global'));
  return own.flatMap(({object}) => Object.keys(object).map((name): Named => [name, valueIn(object, name)]));
}

/** What a variable holds; nothing before it is declared, and where V8 doesn't keep it for the debugger, as from Node 24 on. */
function valueIn(scope: object, name: string): unknown {
  try {
    return Reflect.get(scope, name) as unknown;
  } catch {
    return undefined;
  }
}

function entriesIn(entries: Entries): Named[] {
  return Array.from(entries).flatMap(({key: of, value}) => [of, value].map(element));
}

function element(value: unknown): Named {
  return ['element', value];
}
