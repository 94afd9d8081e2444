// A front end of Jupyter's, small enough for tests: starts the compiled kernel as Jupyter does and talks to it over zeromq.
import {type ChildProcess, spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {Dealer, Subscriber} from 'zeromq';
import {type Message, Wire} from '../../lib/src/kernel/wire';

const LAUNCHER = path.resolve(__dirname, '../../lib/dist/kernel/launch.js');

type Content = Record<string, unknown>;

/** What a request brought. */
export interface Answer {
  reply: Content;
  /** All that was published for it, in order, but for status. */
  outputs: {type: string; content: Content; message: Message}[];
}

/** What a cell brought, by kind. */
export interface CellAnswer extends Answer {
  /** What it printed, as one text. */
  stdout: string;
  stderr: string;
  /** Its last value, by MIME type. */
  result?: Record<string, unknown>;
  error?: {ename: string; evalue: string; traceback: string[]};
}

export class KernelClient {
  private readonly waiting = new Map<string, Pending>();
  /** Publications that belong to requests that have been answered. */
  readonly late: {type: string; content: Content; message: Message}[] = [];
  /** Answers a cell's `input`. */
  onInput: (prompt: string) => string = () => '';

  private constructor(
    readonly folder: string,
    private readonly child: ChildProcess,
    private readonly wire: Wire,
    private readonly sockets: {shell: Dealer; control: Dealer; stdin: Dealer; iopub: Subscriber},
  ) {}

  /** @param folder the notebook's; a new one by default, outside the project */
  static async start(
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'où la forêt ')),
    transport: 'tcp' | 'ipc' = 'tcp',
  ): Promise<KernelClient> {
    const key = randomUUID();
    const names = ['shell', 'control', 'stdin', 'iopub', 'hb'];
    const files = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-kernel-'));
    const ports = transport === 'tcp' ? await freePorts(names.length) : names.map((_, i) => i + 1);
    const ip = transport === 'tcp' ? '127.0.0.1' : path.join(files, 'k');
    const connection = {
      transport,
      ip,
      key,
      signature_scheme: 'hmac-sha256',
      ...Object.fromEntries(names.map((name, i) => [`${name}_port`, ports[i]!])),
    };
    const file = path.join(files, 'connection.json');
    fs.writeFileSync(file, JSON.stringify(connection));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', LAUNCHER, file], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    child.stderr.on('data', (data: Buffer) => (log += data.toString()));
    const routingId = randomUUID();
    const sockets = {
      shell: new Dealer({routingId}),
      control: new Dealer({routingId}),
      stdin: new Dealer({routingId}),
      iopub: new Subscriber(),
    };
    Object.values(sockets).forEach((socket, i) => {
      socket.connect(transport === 'tcp' ? `tcp://${ip}:${ports[i]!}` : `ipc://${ip}-${ports[i]!}`);
    });
    sockets.iopub.subscribe();
    const client = new KernelClient(folder, child, new Wire(key), sockets);
    client.listen();
    // The subscription takes a moment: a kernel is ready when what it publishes arrives.
    for (let i = 0; i < 100; i++) {
      const answer = await Promise.race([client.request('kernel_info_request', {}), delay(1000)]);
      if (answer) return client;
      if (child.exitCode !== null) throw new Error(`the kernel ended: ${log}`);
    }
    throw new Error(`the kernel did not start: ${log}`);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Runs a cell and waits for its end. */
  async run(code: string, options: Content = {}, metadata: Content = {}): Promise<CellAnswer> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
      ...options,
    };
    const answer = await this.request('execute_request', content, {metadata});
    const texts = (name: string) =>
      answer.outputs
        .filter(({type, content}) => type === 'stream' && content.name === name)
        .map(({content}) => content.text as string)
        .join('');
    const of = (type: string) => answer.outputs.find((output) => output.type === type)?.content;
    return {
      ...answer,
      stdout: texts('stdout'),
      stderr: texts('stderr'),
      result: of('execute_result')?.data as CellAnswer['result'],
      error: of('error') as CellAnswer['error'],
    };
  }

  /** Sends a request and waits for its reply and until the kernel is idle again. */
  request(
    type: string,
    content: Content,
    {channel = 'shell', metadata = {}}: {channel?: 'shell' | 'control'; metadata?: Content} = {},
  ): Promise<Answer> {
    const frames = this.wire.frames(type, content, undefined, {metadata});
    const id = this.wire.parse(frames).header.msg_id;
    return new Promise((resolve) => {
      this.waiting.set(id, {resolve, outputs: [], idle: false, reply: undefined});
      void this.sockets[channel].send(frames);
    });
  }

  /** Sends what has no reply, and waits until the kernel is idle again. @returns what was published for it */
  async send(type: string, content: Content): Promise<Answer['outputs']> {
    const frames = this.wire.frames(type, content, undefined);
    const id = this.wire.parse(frames).header.msg_id;
    const answer = new Promise<Answer>((resolve) => {
      this.waiting.set(id, {resolve, outputs: [], idle: false, reply: {}});
    });
    void this.sockets.shell.send(frames);
    return (await answer).outputs;
  }

  /** The stop button. */
  interrupt(): void {
    this.child.kill('SIGINT');
  }

  /** The code that the kernel's process ended with. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await new Promise((resolve) => this.child.once('exit', resolve));
    return this.child.exitCode;
  }

  async close(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended();
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  private listen(): void {
    const hear = async (socket: AsyncIterable<Buffer[]>, take: (message: Message) => void) => {
      for await (const frames of socket) take(this.wire.parse(frames));
    };
    const reply = (message: Message) => {
      const pending = this.waiting.get(message.parent.msg_id ?? '');
      if (pending) pending.reply = message.content;
      this.settle(message);
    };
    void hear(this.sockets.shell, reply);
    void hear(this.sockets.control, reply);
    void hear(this.sockets.iopub, (message) => {
      this.published(message);
    });
    void hear(this.sockets.stdin, (message) => {
      const value = this.onInput(message.content.prompt as string);
      void this.sockets.stdin.send(this.wire.frames('input_reply', {value}, message));
    });
  }

  private published(message: Message): void {
    const type = message.header.msg_type;
    const pending = this.waiting.get(message.parent.msg_id ?? '');
    if (type === 'status') {
      if (pending) pending.idle ||= message.content.execution_state === 'idle';
      this.settle(message);
    } else (pending?.outputs ?? this.late).push({type, content: message.content, message});
  }

  private settle(message: Message): void {
    const id = message.parent.msg_id ?? '';
    const pending = this.waiting.get(id);
    if (!pending?.idle || !pending.reply) return;
    this.waiting.delete(id);
    pending.resolve({reply: pending.reply, outputs: pending.outputs});
  }
}

interface Pending {
  resolve: (answer: Answer) => void;
  outputs: Answer['outputs'];
  idle: boolean;
  reply: Content | undefined;
}

const delay = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined));

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      {length: count},
      () =>
        new Promise<net.Server>((resolve) => {
          const server = net.createServer().listen(0, '127.0.0.1', () => {
            resolve(server);
          });
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
