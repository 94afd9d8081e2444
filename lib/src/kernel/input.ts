/** Questions to the reader: `input` in a cell. */
import type {Publisher} from './publisher';
import type {Message} from './wire';

export class Input {
  private waiting: ((value: string) => void) | undefined;
  /** The latest question, and the cell that asks it. */
  private latest: {parent: Message; answer: Promise<unknown>} | undefined;

  constructor(private readonly publisher: Publisher) {}

  /** @throws Error where nobody can be asked */
  async ask(prompt: string, password: boolean): Promise<string> {
    const {parent} = this.publisher;
    this.refuseWhenOver();
    if (parent?.content.allow_stdin !== true) {
      throw new Error('input: nobody can be asked here; give the value in the cell');
    }
    // A cell's questions come one after the other; those of a cell that was interrupted have no answer to wait for.
    const before = this.latest?.parent === parent ? this.latest.answer : Promise.resolve();
    const answer = before.then(() => {
      this.refuseWhenOver();
      this.publisher.ask(parent, {prompt, password});
      return new Promise<string>((resolve) => {
        this.waiting = resolve;
      });
    });
    this.latest = {parent, answer};
    return answer;
  }

  /** A cell that was stopped goes on unseen: it must not ask, least of all below the next one. */
  private refuseWhenOver(): void {
    if (this.publisher.isOver()) throw new Error('input: the cell that asks has ended');
  }

  answered({header, content}: Message): void {
    if (header.msg_type !== 'input_reply') return;
    this.waiting?.(String(content.value));
    this.waiting = undefined;
  }
}
