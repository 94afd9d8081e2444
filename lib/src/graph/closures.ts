// JavaScript can't see what a function has in its closure, nor an object's private fields; V8's debugger can. It is asked
// from inside the process, and opens no port.
import inspector from 'node:inspector';

// What is handed over between here and the debugger, which share no variables.
const key = 'convlab.handed';
const place = `process.getBuiltinModule('node:inspector').Session[Symbol.for('${key}')]`;
const handed = Symbol.for(key);

interface Remote {
  objectId?: string;
  value?: unknown;
  description?: string;
}

interface Property {
  name: string;
  value?: Remote;
}

interface Properties {
  result: Property[];
  internalProperties?: Property[];
  privateProperties?: Property[];
}

/** Looks where only the debugger can. */
export interface Closures {
  /** The variables that a function sees, scope by scope, without the global ones. */
  variablesOf(f: object): object[];
  /** The script that a function is written in; undefined for JavaScript's own. */
  scriptOf(f: object): string | undefined;
  /** An object's private fields, with their names: "#calls". */
  privateFieldsOf(owner: object): [name: string, value: unknown][];
}

/** Runs `work` with the debugger at hand; where there is none, it sees nothing. */
export function withClosures<T>(work: (closures: Closures) => T): T {
  const session = new inspector.Session();
  try {
    session.connect();
  } catch {
    return work({variablesOf: () => [], scriptOf: () => undefined, privateFieldsOf: () => []});
  }
  try {
    return work(closuresOf(session));
  } finally {
    session.disconnect();
    Reflect.deleteProperty(inspector.Session, handed);
  }
}

/** Known once asked for, as it stays. */
const scripts = new WeakMap<object, string | undefined>();

function closuresOf(session: inspector.Session): Closures {
  // In the session of one's own thread, answers come before the call returns.
  const ask = (method: string, parameters: object): unknown => {
    let answer: unknown;
    session.post(method, parameters, (_error, result) => {
      answer = result;
    });
    return answer;
  };
  const propertiesOf = ({objectId}: Remote) =>
    ask('Runtime.getProperties', {objectId, ownProperties: true}) as Properties;
  const remoteOf = (value: object) => {
    Reflect.set(inspector.Session, handed, value);
    return (ask('Runtime.evaluate', {expression: place}) as {result: Remote}).result;
  };
  const valueOf = ({objectId, value}: Remote): unknown => {
    if (objectId === undefined) return value;
    ask('Runtime.callFunctionOn', {objectId, functionDeclaration: `function () { ${place} = this; }`});
    return Reflect.get(inspector.Session, handed) as unknown;
  };
  return {
    variablesOf: (f) => {
      const scopes = propertiesOf(remoteOf(f)).internalProperties?.find(({name}) => name === '[[Scopes]]')?.value;
      if (scopes === undefined) return [];
      const own = propertiesOf(scopes).result.filter(({value}) => value?.description?.startsWith('Global') === false);
      return own.map(({value}) => (valueOf(value!) as {object: object}).object);
    },
    scriptOf: (f) => {
      if (scripts.has(f)) return scripts.get(f);
      const found = propertiesOf(remoteOf(f)).internalProperties?.find(({name}) => name === '[[FunctionLocation]]');
      const script = (found?.value?.value as {scriptId: string} | undefined)?.scriptId;
      scripts.set(f, script);
      return script;
    },
    privateFieldsOf: (owner) =>
      (propertiesOf(remoteOf(owner)).privateProperties ?? []).flatMap(({name, value}): [string, unknown][] =>
        value === undefined ? [] : [[name, valueOf(value)]],
      ),
  };
}
