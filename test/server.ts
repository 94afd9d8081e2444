import http from 'node:http';
import type {AddressInfo} from 'node:net';

/** A server on this machine for one test. */
export interface Server {
  /** Ends in a slash. */
  address: string;
  /** The paths that were asked for. */
  asked: string[];
  close(): Promise<void>;
}

/** Starts a server that answers as told; as a proxy it answers for every other one, and notes `host:port` as asked for. */
export async function serve(answer: (path: string, response: http.ServerResponse) => void): Promise<Server> {
  const asked: string[] = [];
  const server = http.createServer(({url = '/'}, response) => {
    asked.push(url);
    answer(url, response);
  });
  server.on('connect', ({url = ''}, socket) => {
    asked.push(url);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    server.emit('connection', socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
