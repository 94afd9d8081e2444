/** The five sockets of a kernel. Source: jupyter-client.readthedocs.io, "Messaging in Jupyter". */
import {readFileSync, rmSync} from 'node:fs';
import type {Publisher, Reply, Router} from 'zeromq';

export interface Connection {
  transport: 'tcp' | 'ipc';
  ip: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
  key: string;
}

export interface Sockets {
  shell: Router;
  control: Router;
  stdin: Router;
  iopub: Publisher;
  heartbeat: Reply;
  close(): void;
}

/** Messages that wait for a reader who is slow to fetch them. */
const MOST_WAITING = 100_000;

export function readConnection(file: string): Connection {
  return JSON.parse(readFileSync(file, 'utf8')) as Connection;
}

/** Opens the sockets; nothing is heard before all of them are bound. */
export async function openSockets(connection: Connection): Promise<Sockets> {
  const zeromq = await import('zeromq');
  // zeromq asks for a pause after 512 messages in one go, and throws when it gets none: sending never waits here.
  const options = {sendTimeout: 0, sendHighWaterMark: MOST_WAITING, linger: 1000};
  const sockets = {
    shell: new zeromq.Router(options),
    control: new zeromq.Router(options),
    stdin: new zeromq.Router(options),
    iopub: new zeromq.Publisher(options),
    heartbeat: new zeromq.Reply(),
  };
  await Promise.all([
    sockets.shell.bind(addressOf(connection, connection.shell_port)),
    sockets.control.bind(addressOf(connection, connection.control_port)),
    sockets.stdin.bind(addressOf(connection, connection.stdin_port)),
    sockets.iopub.bind(addressOf(connection, connection.iopub_port)),
    sockets.heartbeat.bind(addressOf(connection, connection.hb_port)),
  ]);
  return {
    ...sockets,
    close: () => {
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}

/** Over ipc the file is called `ip-port`, as in ipykernel. One that a dead kernel left is in the way. */
function addressOf({transport, ip}: Connection, port: number): string {
  if (transport === 'tcp') return `tcp://${ip}:${port}`;
  rmSync(`${ip}-${port}`, {force: true});
  return `ipc://${ip}-${port}`;
}
