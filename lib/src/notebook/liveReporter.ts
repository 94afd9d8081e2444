import {historyChart} from '../charts/history';
import {renderStatic} from '../charts/staticRender';
import {progressLine, type Progress} from '../progress/format';
import type {HistoryLike} from '../progress/historyLike';
import {setReporter, TerminalReporter, type Reporter} from '../progress/reporter';
import {escapeHtml} from '../html';
import {findKernel, type LiveDisplay} from './kernel';

/** Drawing the growing chart may take this share of the time: nobody should wait for it. */
const CHART_SHARE = 0.1;
/** The first drawing loads plotly.js. */
const FIRST_CHART_SECONDS = 1.2;

/** Faster than this nobody reads, and every rewriting sends all lines again. */
const SECONDS_BETWEEN = 0.1;
/** Of more lines, the first and the last are shown, half of these each. */
const MOST_LINES = 200;

/**
 * A training run's progress in one display of the notebook, rewritten in place: the lines so far, the progress bar of
 * the epoch under way, and the history chart so far. At the end the lines alone remain, as plain text, so that a saved
 * notebook holds no traces of progress.
 */
export class LiveReporter implements Reporter {
  private readonly lines: string[] = [];
  private moving = '';
  private chart = '';
  private chartSeconds = FIRST_CHART_SECONDS;
  private chartTime: number;
  private shownAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly display: LiveDisplay,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.chartTime = now();
  }

  line(text: string): void {
    this.lines.push(text);
    this.moving = '';
    this.update();
  }

  progress(progress: Progress): void {
    this.moving = progressLine(progress);
    this.update();
  }

  history(history: HistoryLike): void {
    const begun = this.now();
    // A single epoch is no curve yet.
    if (history.epoch.length < 2 || this.chartSeconds > CHART_SHARE * (begun - this.chartTime)) return;
    try {
      const {png, width, height} = renderStatic(historyChart(history));
      const source = `data:image/png;base64,${png.toString('base64')}`;
      this.chart = `<img src="${source}" width="${width}" height="${height}" alt="The loss and the metrics so far">`;
    } catch {
      // A chart that can't be drawn must not end the training that it shows.
      this.chart = '';
    }
    this.chartTime = this.now();
    this.chartSeconds = this.chartTime - begun;
    this.update();
  }

  end(): void {
    this.moving = '';
    this.chart = '';
    if (this.lines.length > 0) this.show();
    else clearTimeout(this.timer);
  }

  /** Now, or as soon as the last time is long enough ago. */
  private update(): void {
    const wait = this.shownAt + SECONDS_BETWEEN - this.now();
    if (wait <= 0) this.show();
    else {
      this.timer ??= setTimeout(() => {
        this.show();
      }, wait * 1000);
    }
  }

  private show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.shownAt = this.now();
    const text = [...shortened(this.lines), ...(this.moving ? [this.moving] : [])].join('\n');
    const html = `<pre style="margin: 0; white-space: pre; overflow-x: auto">${escapeHtml(text)}</pre>${this.chart}`;
    this.display.update({
      data: this.chart ? {'text/html': html, 'text/plain': text} : {'text/plain': text},
      metadata: {},
    });
  }
}

function shortened(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LINES;
  if (more <= 0) return lines;
  const [first, last] = [lines.slice(0, MOST_LINES / 2), lines.slice(-MOST_LINES / 2)];
  return [...first, `… ${more} lines …`, ...last];
}

setReporter(() => {
  const kernel = findKernel();
  return kernel ? new LiveReporter(kernel.live()) : new TerminalReporter();
});
