/** A kernel of Jupyter's: requests in, replies and outputs out. Source: Jupyter's messaging protocol 5.4. */
import {randomUUID} from 'node:crypto';
import {type Comm, type Kernel, KERNEL} from '../notebook/kernel';
import {bundleFor} from './display';
import type {CellError} from './errors';
import {describeSymbol} from './inspection';
import {completionsFor} from './completion';
import {isComplete} from './isComplete';
import type {Session} from './session';
import type {Sockets} from './sockets';
import {Stdio} from './stdio';
import type {DisplayData} from './tslab';
import {type Message, PROTOCOL, type Wire} from './wire';

type Content = Record<string, unknown>;

interface Options {
  wire: Wire;
  sockets: Sockets;
  session: Session;
  version: string;
  /** Ends the process. */
  exit: () => void;
}

/** What has been queued before a cell failed arrives within this time. */
const DRAIN_MS = 10;

export class Server {
  private readonly stdio: Stdio;
  private readonly queue: {message: Message; done: () => void}[] = [];
  private working = false;
  private count = 0;
  private readonly history: [session: number, line: number, source: string][] = [];
  /** The cell that outputs belong to: the latest, as in ipykernel. */
  private parent: Message | undefined;
  /** Errors that nothing waited for, while a cell runs. */
  private stray: CellError[] = [];
  /** What the next cell says of an error that came up between the two. */
  private told: string | undefined;
  private readonly comms = new Map<string, OpenComm>();
  private waitingInput: {resolve: (value: string) => void} | undefined;

  constructor(private readonly options: Options) {
    this.stdio = new Stdio((name, text) => {
      this.publish('stream', {name, text});
    });
    const kernel: Kernel = {
      display: (bundle) => {
        this.display({...bundle, transient: {}}, false);
      },
      live: () => {
        const transient = {display_id: randomUUID()};
        let shown = false;
        return {
          update: (bundle) => {
            this.display({...bundle, transient}, shown);
            shown = true;
          },
        };
      },
      clearOutput: (wait) => {
        this.publish('clear_output', {wait});
      },
      input: (prompt, password) => this.ask(prompt, password),
      openComm: (target, data, metadata, buffers) => this.openComm(target, data, metadata, buffers),
    };
    (globalThis as {[KERNEL]?: Kernel})[KERNEL] = kernel;
    options.session.tslab.jupyter.lastWriteDisplayData = (data, update) => {
      this.display(data, update);
    };
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (thrown: unknown) => {
        this.caught(thrown);
      });
    }
  }

  /** Answers until it is told to shut down. */
  async serve(): Promise<void> {
    const {shell, control, stdin, heartbeat} = this.options.sockets;
    await Promise.all([
      this.listen(shell),
      this.listen(control),
      (async () => {
        for await (const frames of stdin) this.answered(frames);
      })(),
      (async () => {
        for await (const frames of heartbeat) await heartbeat.send(frames);
      })(),
    ]);
  }

  private async listen(socket: Sockets['shell']): Promise<void> {
    for await (const frames of socket) {
      let message: Message;
      try {
        message = this.options.wire.parse(frames);
      } catch (error) {
        // Not signed with the key: it isn't ours to answer.
        process.stderr.write(`A message was left aside: ${(error as Error).message}\n`);
        continue;
      }
      void this.handle(socket, message);
    }
  }

  private async handle(socket: Sockets['shell'], message: Message): Promise<void> {
    const type = message.header.msg_type;
    if (type === 'execute_request') {
      await new Promise<void>((done) => {
        this.queue.push({message, done});
        void this.work(socket);
      });
      return;
    }
    this.publish('status', {execution_state: 'busy'}, message);
    try {
      const content = await this.answer(type, message);
      if (content) this.reply(socket, message, {status: 'ok', ...content});
    } catch (error) {
      const {name, message: evalue} = error as Error;
      this.reply(socket, message, {status: 'error', ename: name, evalue, traceback: []});
    }
    this.publish('status', {execution_state: 'idle'}, message);
    if (type === 'shutdown_request') this.options.exit();
  }

  /** The content of the reply to anything but a cell; undefined where the protocol has none. */
  private answer(type: string, {content, buffers}: Message): Content | undefined | Promise<Content> {
    const {session} = this.options;
    const code = String(content.code);
    const cursor = Number(content.cursor_pos);
    switch (type) {
      case 'kernel_info_request':
        return this.info();
      case 'complete_request':
        return {...completionsFor(session, code, cursor)};
      case 'inspect_request':
        return {...describeSymbol(session, code, cursor)};
      case 'is_complete_request':
        return {...isComplete(session.tslab, code)};
      case 'history_request':
        return {history: this.history.slice(-Number(content.n ?? this.history.length))};
      case 'comm_info_request':
        return {comms: this.commsOf(content.target_name)};
      case 'shutdown_request':
        return {restart: content.restart === true};
      case 'interrupt_request':
        process.kill(process.pid, 'SIGINT');
        return {};
      case 'comm_msg':
        this.comms.get(String(content.comm_id))?.receive(content.data as Content, buffers);
        return undefined;
      case 'comm_close':
        this.comms.delete(String(content.comm_id));
        return undefined;
      case 'comm_open':
        // The front end may not open any: nothing here waits for one.
        this.publish('comm_close', {comm_id: content.comm_id, data: {}});
        return undefined;
      default:
        throw new Error(`${type} is not answered by this kernel`);
    }
  }

  private info(): Content {
    const {version} = this.options.session.tslab.typescript;
    return {
      protocol_version: PROTOCOL,
      implementation: 'convlab',
      implementation_version: this.options.version,
      language_info: {
        name: 'typescript',
        version,
        mimetype: 'text/typescript',
        file_extension: '.ts',
        pygments_lexer: 'typescript',
        // JupyterLab looks at the mode, Notebook at name and typescript.
        codemirror_mode: {mode: 'typescript', name: 'javascript', typescript: true},
      },
      banner: `TypeScript ${version}, Node ${process.versions.node}`,
      debugger: false,
      help_links: [{text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/'}],
    };
  }

  /** The cells, one after the other. */
  private async work(socket: Sockets['shell']): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      const {message, done} = next;
      const failed = await this.execute(socket, message);
      done();
      if (failed) this.abortQueued(socket, failed);
    }
    this.working = false;
  }

  /** @returns the cells to abort, as they were queued when this one failed */
  private async execute(socket: Sockets['shell'], message: Message) {
    const {session} = this.options;
    const {
      code,
      silent,
      store_history: store,
    } = message.content as {code: string; silent?: boolean; store_history?: boolean};
    this.parent = message;
    this.stray = [];
    const {told} = this;
    this.told = undefined;
    this.publish('status', {execution_state: 'busy'}, message);
    const counted = silent !== true && store !== false;
    if (counted) this.history.push([0, ++this.count, code]);
    if (silent !== true) this.publish('execute_input', {code, execution_count: this.count});
    if (told !== undefined) process.stderr.write(told);
    const outcome = await session.run(code, this.count);
    let error = outcome.error;
    if (!outcome.error && outcome.value !== undefined && silent !== true) error = await this.showResult(outcome.value);
    // A promise that was rejected is known to be unheard after this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    error ??= this.stray[0];
    this.stray = [];
    const count = {execution_count: this.count};
    let queued;
    if (error) {
      this.publish('error', {...error});
      if (message.content.stop_on_error !== false) queued = await this.drained();
      this.reply(socket, message, {status: 'error', ...count, ...error});
    } else {
      this.reply(socket, message, {status: 'ok', ...count, user_expressions: {}, payload: []});
    }
    this.publish('status', {execution_state: 'idle'}, message);
    return queued;
  }

  private async showResult(value: unknown): Promise<CellError | undefined> {
    try {
      const format = (globalThis as {[KERNEL]?: Kernel})[KERNEL]?.format;
      const bundle = await bundleFor(value, format);
      this.stdio.flush();
      this.publish('execute_result', {...bundle, execution_count: this.count});
      return undefined;
    } catch (thrown) {
      return this.options.session.errorOf(thrown);
    }
  }

  /** The cells that had been sent when one failed, all of them. */
  private async drained() {
    for (let before = -1; before < this.queue.length;) {
      before = this.queue.length;
      await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
    }
    return this.queue.splice(0);
  }

  private abortQueued(socket: Sockets['shell'], queued: {message: Message; done: () => void}[]): void {
    for (const {message, done} of queued) {
      this.publish('status', {execution_state: 'busy'}, message);
      this.reply(socket, message, {status: 'aborted'});
      this.publish('status', {execution_state: 'idle'}, message);
      done();
    }
  }

  /** An error in a timer, or of a promise that nothing awaits. */
  private caught(thrown: unknown): void {
    const error = this.options.session.errorOf(thrown);
    const told = {...error, traceback: [...error.traceback, '  Nothing waited for this: is an await missing?']};
    if (this.working) {
      this.stray.push(told);
      return;
    }
    this.publish('error', {...told});
    // Not every front end listens to a cell that has ended: the next one says it again.
    this.told = `After cell [${this.count}] had ended, an error came up: ${error.ename}: ${error.evalue}\n`;
  }

  private display(data: DisplayData, update: boolean): void {
    this.publish(update ? 'update_display_data' : 'display_data', {...data});
  }

  private ask(prompt: string, password: boolean): Promise<string> {
    const {parent} = this;
    if (parent?.content.allow_stdin !== true) {
      return Promise.reject(new Error('input: nobody can be asked here; give the value in the cell'));
    }
    this.stdio.flush();
    const frames = this.options.wire.frames('input_request', {prompt, password}, parent, {to: parent.identities});
    void this.options.sockets.stdin.send(frames);
    return new Promise((resolve) => {
      this.waitingInput = {resolve};
    });
  }

  private answered(frames: Buffer[]): void {
    const {header, content} = this.options.wire.parse(frames);
    if (header.msg_type !== 'input_reply') return;
    this.waitingInput?.resolve(String(content.value));
    this.waitingInput = undefined;
  }

  private openComm(target: string, data: Content, metadata?: Content, buffers?: Buffer[]): Comm {
    const id = randomUUID();
    const comm = new OpenComm(id, target, (type, content, more) => {
      this.publish(type, {comm_id: id, ...content}, this.parent, {buffers: more});
      if (type === 'comm_close') this.comms.delete(id);
    });
    this.comms.set(id, comm);
    this.publish('comm_open', {comm_id: id, target_name: target, data}, this.parent, {metadata, buffers});
    return comm;
  }

  private commsOf(target: unknown): Content {
    const wanted = [...this.comms].filter(([, comm]) => target === undefined || comm.target === target);
    return Object.fromEntries(wanted.map(([id, comm]) => [id, {target_name: comm.target}]));
  }

  private reply(socket: Sockets['shell'], message: Message, content: Content): void {
    this.stdio.flush();
    const type = message.header.msg_type.replace(/_request$/, '_reply');
    void socket.send(this.options.wire.frames(type, content, message, {to: message.identities}));
  }

  private publish(
    type: string,
    content: Content,
    parent = this.parent,
    more: {metadata?: Content; buffers?: Buffer[]} = {},
  ): void {
    if (type !== 'stream') this.stdio.flush();
    void this.options.sockets.iopub.send(
      this.options.wire.frames(type, content, parent, {...more, to: [Buffer.from(type)]}),
    );
  }
}

/** A connection to a widget in the browser. */
class OpenComm implements Comm {
  private listener: (data: Content, buffers: Buffer[]) => void = () => undefined;

  constructor(
    readonly id: string,
    readonly target: string,
    private readonly publish: (type: string, content: Content, buffers?: Buffer[]) => void,
  ) {}

  send(data: Content, buffers?: Buffer[]): void {
    this.publish('comm_msg', {data}, buffers);
  }

  onMessage(listener: (data: Content, buffers: Buffer[]) => void): void {
    this.listener = listener;
  }

  close(): void {
    this.publish('comm_close', {data: {}});
  }

  receive(data: Content, buffers: Buffer[]): void {
    this.listener(data, buffers);
  }
}
