import {escapeHtml} from '../html';

/** What `check` says of an answer. */
export class Verdict {
  constructor(
    readonly exercise: string,
    readonly right: boolean,
    readonly message: string,
  ) {}

  toString(): string {
    return `${this.right ? '✓' : '✗'} Exercise ${this.exercise}: ${this.message}`;
  }

  /** The sign and the words say it; the colour helps. */
  toHTML(): string {
    const colour = this.right ? '#009e73' : '#d55e00';
    return `<p style="border-left: 4px solid ${colour}; padding: 2px 10px; margin: 4px 0">${escapeHtml(this.toString())}</p>`;
  }
}
