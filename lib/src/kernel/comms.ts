/** Comms: connections between widgets in the browser and code in a cell. Source: Jupyter's messaging, "Custom Messages". */
import {randomUUID} from 'node:crypto';
import type {Comm, CommListener} from '../notebook/kernel';
import type {Content, Extras, Publisher} from './publisher';
import type {Message} from './wire';

export class Comms {
  private readonly open = new Map<string, OpenComm>();
  private readonly targets = new Map<string, (comm: Comm) => void>();

  constructor(private readonly publisher: Publisher) {}

  /** Says who is told of comms that the front end opens under a name. */
  onOpen(target: string, opened: (comm: Comm) => void): void {
    this.targets.set(target, opened);
  }

  create(target: string, data: Content, extras?: Extras): Comm {
    const comm = this.add(randomUUID(), target);
    comm.cell = this.publisher.parent?.metadata.cellId;
    const content = {comm_id: comm.id, target_name: target, data};
    this.publisher.publish('comm_open', content, undefined, extras);
    return comm;
  }

  /**
   * Closes what the earlier run of a cell opened, and what cells opened that the reader has deleted since: nobody sees it any
   * more, and each run would add to it.
   *
   * @param message the request that runs the cell; JupyterLab names the cell in its metadata, and the cells that were deleted
   */
  closeOutdated({metadata: {cellId, deletedCells}}: Message): void {
    const gone = new Set<unknown>(Array.isArray(deletedCells) ? [cellId, ...(deletedCells as unknown[])] : [cellId]);
    gone.delete(undefined);
    for (const comm of [...this.open.values()].filter(({cell}) => gone.has(cell))) {
      comm.close();
      comm.closed();
    }
  }

  /** The content of a comm_info_reply. @param target all comms without one */
  list(target: unknown): Content {
    const wanted = [...this.open.values()].filter((comm) => target === undefined || comm.target === target);
    return Object.fromEntries(wanted.map((comm) => [comm.id, {target_name: comm.target}]));
  }

  /** Takes a message of the front end's. @returns when the listener is done with it */
  async receive(message: Message): Promise<void> {
    const {comm_id: id, target_name: target, data} = message.content as {[name: string]: unknown; data: Content};
    const comm = this.open.get(String(id));
    switch (message.header.msg_type) {
      case 'comm_open': {
        const opened = this.targets.get(String(target));
        if (opened) opened(this.add(String(id), String(target)));
        // The protocol: what nobody waits for is closed at once.
        else this.publisher.publish('comm_close', {comm_id: id, data: {}}, message);
        return;
      }
      case 'comm_msg':
        await comm?.receive(data, message);
        return;
      case 'comm_close':
        this.open.delete(String(id));
        comm?.closed();
    }
  }

  private add(id: string, target: string): OpenComm {
    const comm = new OpenComm(id, target, this.publisher, () => this.open.delete(id));
    this.open.set(id, comm);
    return comm;
  }
}

class OpenComm implements Comm {
  /** The cell that opened it, where the front end has said which that is. */
  cell: unknown;
  private listener: CommListener = () => undefined;
  private onClosed: () => void = () => undefined;
  /** What is being answered: front ends look for the answer to what they asked. */
  private asked: Message | undefined;

  constructor(
    readonly id: string,
    readonly target: string,
    private readonly publisher: Publisher,
    private readonly forget: () => void,
  ) {}

  send(data: Content, buffers?: Buffer[]): void {
    this.publisher.publish('comm_msg', {comm_id: this.id, data}, this.asked, {buffers});
  }

  onMessage(listener: CommListener): void {
    this.listener = listener;
  }

  onClose(listener: () => void): void {
    this.onClosed = listener;
  }

  close(): void {
    this.forget();
    this.publisher.publish('comm_close', {comm_id: this.id, data: {}});
  }

  async receive(data: Content, message: Message): Promise<void> {
    this.asked = message;
    let done: void | Promise<void>;
    try {
      done = this.listener(data, message.buffers);
    } finally {
      this.asked = undefined;
    }
    await done;
  }

  closed(): void {
    this.onClosed();
  }
}
