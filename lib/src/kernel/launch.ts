/**
 * Starts the TypeScript kernel, from any folder and over any transport. Jupyter calls it by the kernelspec:
 *
 *   node launch.js {connection_file}
 */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import {Server} from './server';
import {Session} from './session';
import {openSockets, readConnection} from './sockets';
import {Wire} from './wire';

/** Between two looks whether the parent still lives. */
const LOOK_MS = 2000;

/** The compiler leaves some 12 MB of rubbish a cell, which V8 lets lie for long: 0.2 GB less after 25 cells, for 25 ms a cell. */
function clearOften(): void {
  v8.setFlagsFromString('--heap-growing-percent=10');
}

/** Colours are for terminals; Python's kernel asks for them in the environment of its children. */
function withoutColours(): void {
  process.env.NO_COLOR = '1';
  delete process.env.FORCE_COLOR;
}

/** A training that listens for the stop button ends by itself, and its cell with it; a second press gives up the cell. */
function listenForStop(session: Session): void {
  process.on('SIGINT', () => {
    if (process.listenerCount('SIGINT') === 1) session.interrupt();
  });
}

/** Whoever asked for this kernel may be killed before it can end it; without it nobody could reach the kernel any more. */
function endWithParent(parent: number, exit: () => void): void {
  if (process.env.JPY_PARENT_PID === undefined) return;
  const look = setInterval(() => {
    if (process.ppid !== parent) exit();
  }, LOOK_MS);
  look.unref();
}

/** Programs end themselves so; a cell that did would take the notebook's variables along. */
function keepRunning(): void {
  process.exit = (code?: number | string | null): never => {
    throw new Error(
      `process.exit(${code ?? ''}) would end the kernel and lose all variables; throw an error to end a cell, or shut the kernel down in Jupyter's menu`,
    );
  };
}

async function main(): Promise<void> {
  // Asked first: whoever is killed while the kernel starts would no longer be its parent later.
  const parent = process.ppid;
  const [connectionFile] = process.argv.slice(2);
  if (connectionFile === undefined) throw new Error('expected the path of a connection file; Jupyter starts this');
  withoutColours();
  const manifest = path.join(__dirname, '..', '..', 'package.json');
  const {version} = JSON.parse(readFileSync(manifest, 'utf8')) as {version: string};
  const connection = readConnection(connectionFile);
  const session = new Session(process.cwd());
  // Not before: what the compiler reads at the start stays, and looking through it over and over took 0.4 s.
  clearOften();
  const sockets = await openSockets(connection);
  listenForStop(session);
  const end = process.exit.bind(process);
  const exit = () => {
    session.close();
    // The reply has to leave first.
    setTimeout(() => {
      sockets.close();
      end(0);
    }, 50);
  };
  endWithParent(parent, exit);
  keepRunning();
  await new Server({wire: new Wire(connection.key), sockets, session, version, exit}).serve();
}

main().catch((error: unknown) => {
  console.error(`The TypeScript kernel did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
