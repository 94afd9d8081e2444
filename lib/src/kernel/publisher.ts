/** What the kernel says: replies to those who asked, and outputs to all who listen. */
import {AsyncLocalStorage} from 'node:async_hooks';
import {randomUUID} from 'node:crypto';
import type {Bundle, Captured, LivePlace} from '../notebook/kernel';
import {Capture} from './capture';
import {type CellError, errorBundle} from './errors';
import type {Sockets} from './sockets';
import {Stdio} from './stdio';
import type {DisplayData} from './tslab';
import type {Message, Wire} from './wire';

export type Content = Record<string, unknown>;

/** Buffers travel beside the content, as they are. */
export interface Extras {
  metadata?: Content;
  buffers?: Buffer[];
}

export class Publisher {
  private readonly stdio: Stdio;
  private readonly captures = new AsyncLocalStorage<Capture>();
  private readonly origins = new AsyncLocalStorage<Message>();
  private underWay: Message | undefined;
  /** The cell that outputs belong to: the latest, as in ipykernel. */
  parent: Message | undefined;

  constructor(
    private readonly wire: Wire,
    private readonly sockets: Sockets,
  ) {
    this.stdio = new Stdio((name, text) => {
      this.publish('stream', {name, text});
    });
  }

  /** Runs a cell; what it starts is known to come from it. */
  async during<T>(cell: Message, run: () => Promise<T>): Promise<T> {
    this.underWay = cell;
    try {
      return await this.origins.run(cell, run);
    } finally {
      this.underWay = undefined;
    }
  }

  /** Whether the code that asks comes from a cell that has ended, as a stopped one's does that goes on. */
  isOver(): boolean {
    const origin = this.origins.getStore();
    return origin !== undefined && origin !== this.underWay;
  }

  publish(type: string, content: Content, parent = this.parent, extras: Extras = {}): void {
    if (type !== 'stream') this.stdio.flush();
    if (this.captures.getStore()?.take(type, content)) return;
    void this.sockets.iopub.send(this.wire.frames(type, content, parent, {...extras, to: [Buffer.from(type)]}));
  }

  /** A reply on the socket that the request came by. */
  reply(socket: Sockets['shell'], message: Message, content: Content): void {
    this.stdio.flush();
    const type = message.header.msg_type.replace(/_request$/, '_reply');
    void socket.send(this.wire.frames(type, content, message, {to: message.identities}));
  }

  /** A question to the front end that a cell came from. */
  ask(parent: Message, content: Content): void {
    this.stdio.flush();
    void this.sockets.stdin.send(this.wire.frames('input_request', content, parent, {to: parent.identities}));
  }

  display(data: DisplayData, update: boolean, parent = this.parent): void {
    this.publish(update ? 'update_display_data' : 'display_data', {...data}, parent);
  }

  /** A display that stays with the cell which asked for it, whatever runs later. */
  live(parent = this.parent): LivePlace {
    const transient = {display_id: randomUUID()};
    let shown = false;
    return {
      update: (bundle: Bundle) => {
        this.display({...bundle, transient}, shown, parent);
        shown = true;
      },
      another: () => this.live(parent),
    };
  }

  /** Keeps what a function puts out, also after it has waited, instead of publishing it. */
  async capture(run: () => unknown, errorOf: (thrown: unknown) => CellError): Promise<Captured> {
    const capture = new Capture();
    return this.captures.run(capture, async () => {
      this.stdio.flush();
      try {
        await run();
        this.stdio.flush();
        return {outputs: capture.bundles()};
      } catch (thrown) {
        this.stdio.flush();
        return {outputs: capture.bundles(), failure: {thrown, shown: errorBundle(errorOf(thrown))}};
      }
    });
  }
}
