// What convlab uses of the kernel that runs the notebook. The kernel (lib/src/kernel) puts it where this file looks.

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

/** What a value that shows itself says; undefined for any other. */
export function ownDisplay(value: unknown): Promise<Bundle['data']> | Bundle['data'] | undefined {
  const own = (value as {[DISPLAY]?: unknown} | null | undefined)?.[DISPLAY];
  return typeof own === 'function' ? (own as () => Bundle['data']).call(value) : undefined;
}

/** Where the kernel lies: a symbol, as several copies of this library may run in one process. */
export const KERNEL = Symbol.for('convlab.kernel');

/** The kernel that this code runs in, or undefined in any other program. */
export function findKernel(): Kernel | undefined {
  return (globalThis as {[KERNEL]?: Kernel})[KERNEL];
}
