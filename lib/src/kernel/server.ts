/** A kernel of Jupyter's: requests in, replies and outputs out. Source: Jupyter's messaging protocol 5.4. */
import {type Kernel, KERNEL} from '../notebook/kernel';
import {Comms} from './comms';
import {completionsFor} from './completion';
import {CellHistory} from './history';
import {kernelInfo} from './info';
import {Input} from './input';
import {bundleOf} from './display';
import {describeSymbol} from './inspection';
import {isComplete} from './isComplete';
import {type Content, Publisher} from './publisher';
import {CellQueue} from './queue';
import type {Session} from './session';
import type {Sockets} from './sockets';
import type {Message, Wire} from './wire';

interface Options {
  wire: Wire;
  sockets: Sockets;
  session: Session;
  version: string;
  /** Ends the process. */
  exit: () => void;
}

export class Server {
  private readonly publisher: Publisher;
  private readonly comms: Comms;
  private readonly input: Input;
  private readonly history = new CellHistory();
  private readonly cells: CellQueue;

  constructor(private readonly options: Options) {
    const {wire, sockets, session} = options;
    this.publisher = new Publisher(wire, sockets);
    this.comms = new Comms(this.publisher);
    this.input = new Input(this.publisher);
    this.cells = new CellQueue(session, this.publisher, this.history, this.comms);
    (globalThis as {[KERNEL]?: Kernel})[KERNEL] = this.kernel();
    session.tslab.jupyter.lastWriteDisplayData = (data, update) => {
      this.publisher.display(data, update);
    };
    process.on('uncaughtException', (thrown: unknown) => {
      this.cells.caught(thrown);
    });
    process.on('unhandledRejection', (thrown, promise) => {
      this.cells.caught(thrown, promise);
    });
    process.on('rejectionHandled', (promise) => {
      this.cells.heard(promise);
    });
  }

  /** What the code in cells can ask of the kernel. */
  private kernel(): Kernel {
    const {publisher, comms, input} = this;
    const {session} = this.options;
    return {
      display: (bundle) => {
        publisher.display({...bundle, transient: {}}, false);
      },
      live: () => publisher.live(),
      bundle: (value) => bundleOf(value),
      capture: (run) => publisher.capture(run, (thrown) => session.errorOf(thrown)),
      clearOutput: (wait) => {
        publisher.publish('clear_output', {wait});
      },
      input: (prompt, password) => input.ask(prompt, password),
      openComm: (target, data, metadata, buffers) => comms.create(target, data, {metadata, buffers}),
      onComm: (target, opened) => {
        comms.onOpen(target, opened);
      },
    };
  }

  /** Answers until it is told to shut down. */
  async serve(): Promise<void> {
    const {shell, control, stdin, heartbeat} = this.options.sockets;
    await Promise.all([
      this.listen(shell, (message) => this.handle(shell, message)),
      this.listen(control, (message) => this.handle(control, message)),
      this.listen(stdin, (message) => {
        this.input.answered(message);
      }),
      (async () => {
        for await (const frames of heartbeat) await heartbeat.send(frames);
      })(),
    ]);
  }

  private async listen(socket: Sockets['shell'], take: (message: Message) => unknown): Promise<void> {
    for await (const frames of socket) {
      let message: Message;
      try {
        message = this.options.wire.parse(frames);
      } catch (error) {
        // Not signed with the key: it isn't ours to answer.
        process.stderr.write(`A message was left aside: ${(error as Error).message}\n`);
        continue;
      }
      void take(message);
    }
  }

  private async handle(socket: Sockets['shell'], message: Message): Promise<void> {
    const type = message.header.msg_type;
    if (type === 'execute_request') return this.cells.add(message, socket);
    this.publisher.publish('status', {execution_state: 'busy'}, message);
    try {
      const content = await this.answer(type, message);
      if (content) this.publisher.reply(socket, message, {status: 'ok', ...content});
    } catch (error) {
      // What a comm's listener throws has no reply to stand in.
      if (type.startsWith('comm_') && !type.endsWith('_request')) this.cells.caught(error);
      else this.publisher.reply(socket, message, refusal(error as Error));
    }
    this.publisher.publish('status', {execution_state: 'idle'}, message);
    if (type === 'shutdown_request') this.options.exit();
  }

  /** The content of the reply to anything but a cell; undefined where the protocol has none. */
  private answer(type: string, message: Message): Content | undefined | Promise<undefined> {
    const {content} = message;
    const {session, version} = this.options;
    const code = String(content.code);
    const cursor = Number(content.cursor_pos);
    switch (type) {
      case 'kernel_info_request':
        return kernelInfo(version, session.tslab.typescript.version);
      case 'complete_request':
        return {...completionsFor(session, code, cursor)};
      case 'inspect_request':
        return {...describeSymbol(session, code, cursor)};
      case 'is_complete_request':
        return {...isComplete(session.tslab, code)};
      case 'history_request':
        return {history: this.history.find(content)};
      case 'comm_info_request':
        return {comms: this.comms.list(content.target_name)};
      case 'shutdown_request':
        return {restart: content.restart === true};
      case 'interrupt_request':
        process.kill(process.pid, 'SIGINT');
        return {};
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        return this.comms.receive(message).then(() => undefined);
      default:
        throw new Error(`${type} is not answered by this kernel`);
    }
  }
}

function refusal({name, message}: Error): Content {
  return {status: 'error', ename: name, evalue: message, traceback: []};
}
