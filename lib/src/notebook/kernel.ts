// What convlab uses of the kernel that runs the notebook. The kernel (lib/src/kernel) puts it where this file looks.
import {inspect} from 'node:util';

/** One output in several forms, by MIME type: each viewer takes the richest that it can show. */
export interface Bundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** A place in a cell's output whose content can be replaced. */
export interface LiveDisplay {
  update(bundle: Bundle): void;
}

/** One that can have others below it. */
export interface LivePlace extends LiveDisplay {
  /** One more, in the output of the same cell. */
  another(): LivePlace;
}

/** What a function put out, and how it failed, if it did: what it threw, and how that looks. */
export interface Captured {
  outputs: Bundle[];
  failure?: {thrown: unknown; shown: Bundle};
}

/** Takes what the front end sends. The front end waits with its next message until a promise is settled. */
export type CommListener = (data: Record<string, unknown>, buffers: Buffer[]) => void | Promise<void>;

/** A connection to a widget in the browser. Source: Jupyter's messaging, "Custom Messages". */
export interface Comm {
  readonly id: string;
  send(data: Record<string, unknown>, buffers?: Buffer[]): void;
  onMessage(listener: CommListener): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** A kernel, as a notebook's code sees it. */
export interface Kernel {
  display(bundle: Bundle): void;
  /** A display that stays with the cell that runs now. */
  live(): LivePlace;
  /** A value as it looks in a cell's last line. */
  bundle(value: unknown): Promise<Bundle>;
  /** Keeps what a function puts out, also after it has waited, instead of showing it. */
  capture(run: () => unknown): Promise<Captured>;
  /** @param wait until the next output comes, so that nothing flickers */
  clearOutput(wait: boolean): void;
  /** Asks the reader for a line. @throws Error where nobody can be asked */
  input(prompt: string, password: boolean): Promise<string>;
  openComm(target: string, data: Record<string, unknown>, metadata?: Record<string, unknown>, buffers?: Buffer[]): Comm;
  /** Says who is told of comms that the front end opens under a name. */
  onComm(target: string, opened: (comm: Comm) => void): void;
  /** How last values of cells are shown; undefined for what it doesn't know. */
  format?: (value: unknown) => Bundle | undefined;
}

/**
 * A class that has this method says itself how it is shown: the method returns a text for each MIME type, or a promise
 * of them. The convention is Deno's: docs.deno.com/runtime/reference/cli/jupyter.
 */
export const DISPLAY = Symbol.for('Jupyter.display');

/**
 * What a value that shows itself says; undefined for any other, and for one that has nothing to say.
 *
 * @throws TypeError for what no viewer could show
 */
export function ownDisplay(value: unknown): Promise<Bundle['data']> | Bundle['data'] | undefined {
  const own = (value as {[DISPLAY]?: unknown} | null | undefined)?.[DISPLAY];
  if (typeof own !== 'function') return undefined;
  const said: unknown = (own as () => unknown).call(value);
  return said instanceof Promise ? said.then((later: unknown) => checked(later) ?? {}) : checked(said);
}

/** Types whose content is JSON; all others have text. */
const JSON_TYPE = /[/+]json$/;

function checked(said: unknown): Bundle['data'] | undefined {
  if (said === undefined || said === null) return undefined;
  const types = typeof said === 'object' ? Object.entries(said).filter(([, content]) => content !== undefined) : [];
  const isText = ([type, content]: [string, unknown]) =>
    type.includes('/') && (JSON_TYPE.test(type) || typeof content === 'string');
  if (typeof said === 'object' && types.every(isText)) return Object.fromEntries(types);
  throw new TypeError(
    `Symbol.for('Jupyter.display') gave ${inspect(said, {depth: 0})}; expected a text for each MIME type, as in {'text/html': '<b>leaf</b>'}`,
  );
}

/** Where the kernel lies: a symbol, as several copies of this library may run in one process. */
export const KERNEL = Symbol.for('convlab.kernel');

/** The kernel that this code runs in, or undefined in any other program. */
export function findKernel(): Kernel | undefined {
  return (globalThis as {[KERNEL]?: Kernel})[KERNEL];
}
