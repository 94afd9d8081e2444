/** Questions to the reader: `input` in a cell. */
import type {Publisher} from './publisher';
import type {Message} from './wire';

export class Input {
  private waiting: ((value: string) => void) | undefined;

  constructor(private readonly publisher: Publisher) {}

  /** @throws Error where nobody can be asked */
  async ask(prompt: string, password: boolean): Promise<string> {
    const {parent} = this.publisher;
    if (parent?.content.allow_stdin !== true) {
      throw new Error('input: nobody can be asked here; give the value in the cell');
    }
    this.publisher.ask(parent, {prompt, password});
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  answered({header, content}: Message): void {
    if (header.msg_type !== 'input_reply') return;
    this.waiting?.(String(content.value));
    this.waiting = undefined;
  }
}
