/** The cells that were sent, one after the other, and what becomes of those that waited when one failed. */
import type {Comms} from './comms';
import {bundleOf} from './display';
import type {CellError} from './errors';
import type {CellHistory} from './history';
import type {Content, Publisher} from './publisher';
import type {Session} from './session';
import type {Sockets} from './sockets';
import type {Message} from './wire';

/** The content of Jupyter's execute_request. */
interface Execution {
  code: string;
  silent?: boolean;
  store_history?: boolean;
  stop_on_error?: boolean;
  user_expressions?: Record<string, string>;
}

interface Waiting {
  message: Message;
  socket: Sockets['shell'];
}

/** What has been queued before a cell failed arrives within this time. */
const DRAIN_MS = 10;

export class CellQueue {
  private readonly queue: Waiting[] = [];
  private working = false;
  private count = 0;
  /** Errors that nothing waited for, while a cell runs, and the promises that were rejected with them. */
  private stray: {error: CellError; promise?: Promise<unknown>}[] = [];
  /** What the next cell says of an error that came up between the two. */
  private lateError: string | undefined;
  /** What has been told since: an interval would tell it ten times a second. */
  private readonly toldLate = new Set<string>();

  constructor(
    private readonly session: Session,
    private readonly publisher: Publisher,
    private readonly history: CellHistory,
    private readonly comms: Comms,
  ) {}

  async add(message: Message, socket: Sockets['shell']): Promise<void> {
    this.queue.push({message, socket});
    if (this.working) return;
    this.working = true;
    try {
      for (let next = this.queue.shift(); next; next = this.queue.shift()) {
        for (const aborted of await this.execute(next)) this.abort(aborted);
      }
    } finally {
      this.working = false;
    }
  }

  /** An error in a timer, or of a promise that nothing awaits. */
  caught(thrown: unknown, promise?: Promise<unknown>): void {
    const error = this.session.errorOf(thrown);
    const explained = {...error, traceback: [...error.traceback, '  Nothing waited for this: is an await missing?']};
    if (this.working) {
      this.stray.push({error: explained, promise});
      return;
    }
    const text = explained.traceback.join('\n');
    if (this.toldLate.has(text)) return;
    this.toldLate.add(text);
    this.publisher.publish('error', {...explained});
    // Not every front end listens to a cell that has ended: the next one says it again.
    this.lateError = `After cell [${this.count}] had ended, an error came up: ${error.ename}: ${error.evalue}\n`;
  }

  /** A promise was rejected before the cell awaited it. */
  heard(promise: Promise<unknown>): void {
    this.stray = this.stray.filter((each) => each.promise !== promise);
  }

  /** @returns the cells to abort, as they were queued when this one failed */
  private async execute({message, socket}: Waiting): Promise<Waiting[]> {
    const {publisher, session} = this;
    const {code, silent, store_history, stop_on_error, user_expressions} = message.content as Content & Execution;
    publisher.parent = message;
    this.stray = [];
    this.toldLate.clear();
    publisher.publish('status', {execution_state: 'busy'}, message);
    this.comms.closeOutdated(message);
    if (silent !== true && store_history !== false) this.history.add(++this.count, code);
    if (silent !== true) publisher.publish('execute_input', {code, execution_count: this.count});
    if (this.lateError !== undefined) process.stderr.write(this.lateError);
    this.lateError = undefined;
    const outcome = await publisher.during(message, () => session.run(code, this.count));
    let {error} = outcome;
    if (!outcome.error && outcome.value !== undefined && silent !== true) error = await this.showResult(outcome.value);
    // A promise that was rejected is known to be unheard after this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    error ??= this.stray[0]?.error;
    this.stray = [];
    const count = {execution_count: this.count};
    let queued: Waiting[] = [];
    if (error) {
      publisher.publish('error', {...error});
      if (stop_on_error !== false) queued = await this.drained();
      publisher.reply(socket, message, {status: 'error', ...count, ...error});
    } else {
      const expressions = await this.evaluated(user_expressions ?? {});
      publisher.reply(socket, message, {status: 'ok', ...count, user_expressions: expressions, payload: []});
    }
    publisher.publish('status', {execution_state: 'idle'}, message);
    return queued;
  }

  private async showResult(value: unknown): Promise<CellError | undefined> {
    try {
      this.publisher.publish('execute_result', {...(await bundleOf(value)), execution_count: this.count});
      return undefined;
    } catch (thrown) {
      return this.session.errorOf(thrown);
    }
  }

  private async evaluated(expressions: Record<string, string>): Promise<Content> {
    const results: Content = {};
    for (const [name, expression] of Object.entries(expressions)) {
      const outcome = await this.session.evaluate(expression);
      try {
        results[name] = outcome.error
          ? {status: 'error', ...outcome.error}
          : {status: 'ok', ...(await bundleOf(outcome.value))};
      } catch (thrown) {
        // What can't be shown.
        results[name] = {status: 'error', ...this.session.errorOf(thrown)};
      }
    }
    return results;
  }

  /** The cells that had been sent when one failed, all of them. */
  private async drained(): Promise<Waiting[]> {
    for (let before = -1; before < this.queue.length;) {
      before = this.queue.length;
      await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
    }
    return this.queue.splice(0);
  }

  private abort({message, socket}: Waiting): void {
    this.publisher.publish('status', {execution_state: 'busy'}, message);
    this.publisher.reply(socket, message, {status: 'aborted'});
    this.publisher.publish('status', {execution_state: 'idle'}, message);
  }
}
