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

/** A connection to a widget in the browser. Source: Jupyter's messaging, "Custom Messages". */
export interface Comm {
  readonly id: string;
  send(data: Record<string, unknown>, buffers?: Buffer[]): void;
  onMessage(listener: (data: Record<string, unknown>, buffers: Buffer[]) => void): void;
  close(): void;
}

/** A kernel, as a notebook's code sees it. */
export interface Kernel {
  display(bundle: Bundle): void;
  live(): LiveDisplay;
  /** @param wait until the next output comes, so that nothing flickers */
  clearOutput(wait: boolean): void;
  /** Asks the reader for a line. @throws Error where nobody can be asked */
  input(prompt: string, password: boolean): Promise<string>;
  openComm(target: string, data: Record<string, unknown>, metadata?: Record<string, unknown>, buffers?: Buffer[]): Comm;
  /** How last values of cells are shown; undefined for what it doesn't know. */
  format?: (value: unknown) => Bundle | undefined;
}

/** Where the kernel lies: a symbol, as several copies of this library may run in one process. */
export const KERNEL = Symbol.for('convlab.kernel');

/** The kernel that this code runs in, or undefined in any other program. */
export function findKernel(): Kernel | undefined {
  return (globalThis as {[KERNEL]?: Kernel})[KERNEL];
}
