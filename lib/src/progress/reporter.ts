import {publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';
import {type Progress, progressLine} from './format';
import type {HistoryLike} from './historyLike';

/**
 * Where `fit` and `evaluate` tell how far they are. Each call makes a new one, so that two calls don't share a display.
 * The calls come in the order of the work; a reporter must not throw.
 */
export interface Reporter {
  /** A line to keep, such as `Epoch 1/8`; it takes the place of the progress shown before it. */
  line(text: string): void;
  /** How far the current epoch is, about ten times a second; each replaces the one before. */
  progress(progress: Progress): void;
  /** What has been measured so far, after every epoch of `fit`: for a chart that grows. */
  history(history: HistoryLike): void;
  /** The call is over, whether it succeeded or not: nothing but the lines stays. */
  end(): void;
}

/** Writes to the terminal: lines always, progress only where a line can be rewritten. */
export class TerminalReporter implements Reporter {
  private shown = 0;

  constructor(private readonly stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> = process.stdout) {}

  line(text: string): void {
    this.clear();
    this.stream.write(`${text}\n`);
  }

  progress(progress: Progress): void {
    if (!this.stream.isTTY) return;
    const text = progressLine(progress);
    this.stream.write(`\r${text.padEnd(this.shown)}`);
    this.shown = text.length;
  }

  // A terminal has no place for a growing chart.
  history(): void {
    return;
  }

  end(): void {
    this.clear();
  }

  private clear(): void {
    if (this.shown > 0) this.stream.write(`\r${' '.repeat(this.shown)}\r`);
    this.shown = 0;
  }
}

const silent: Reporter = {line: ignore, progress: ignore, history: ignore, end: ignore};
function ignore(): void {
  return;
}

let makeReporter: () => Reporter = () => new TerminalReporter();

/**
 * Sends the progress of every later `fit` and `evaluate` somewhere else than the terminal.
 *
 * @param make Called once for each of their calls.
 * @returns What was installed before, to put back.
 * @throws Error for what isn't a function.
 *
 * @example
 * const previous = setReporter(() => ({line: console.log, progress() {}, history() {}, end() {}}));
 * await fit(model, x, y);
 * setReporter(previous);
 */
export function setReporter(make: () => Reporter): () => Reporter {
  return publicCall('setReporter', () => {
    checkArguments({make}, {make: reporterMaker});
    const previous = makeReporter;
    makeReporter = make;
    return previous;
  });
}

const reporterMaker: Kind = {
  expected: 'a function that makes a Reporter, such as () => reporter',
  fits: (value) => typeof value === 'function',
};

/** How much a call tells: 0 nothing, 1 lines and a moving progress, 2 lines only. */
export type Verbosity = 0 | 1 | 2;

/** The reporter for one call. */
export function reporterFor(verbose: Verbosity): Reporter {
  if (verbose === 0) return silent;
  const reporter = makeReporter();
  if (verbose === 1) return reporter;
  return {
    line: (text) => {
      reporter.line(text);
    },
    progress: ignore,
    history: ignore,
    end: () => {
      reporter.end();
    },
  };
}
