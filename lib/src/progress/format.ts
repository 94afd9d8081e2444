/** Losses and metrics under Keras's names: loss, accuracy, val_loss, val_accuracy. */
export type Logs = Record<string, number>;

/** What a progress display needs to know while batches, or the megabytes of a download, go by. */
export interface Progress {
  /** Batches done. */
  batch: number;
  /** Batches in all; undefined during the first pass through a stream of unknown length. */
  batches: number | undefined;
  /** What the two count, where it isn't batches: a download's megabytes. */
  unit?: 'MB';
  /** Seconds since the pass began. */
  seconds: number;
  /** Means over the batches done. */
  logs: Logs;
}

/** The line Keras prints after an epoch: `375/375 - 9s - loss: 0.3021 - accuracy: 0.9071`. */
export function finishedLine(batches: number, seconds: number, logs: Logs): string {
  return [`${batches}/${batches}`, formatDuration(seconds), ...formatLogs(logs)].join(' - ');
}

/** The line Keras rewrites during an epoch: `120/375 [=====>............] - ETA: 5s - loss: 0.3021`. */
export function progressLine({batch, batches, unit, seconds, logs}: Progress): string {
  if (batches === undefined) return [`${batch}/Unknown`, formatDuration(seconds), ...formatLogs(logs)].join(' - ');
  const width = 30;
  const done = Math.floor((batch / batches) * width);
  const bar = batch < batches ? `${'='.repeat(done)}>`.padEnd(width, '.') : '='.repeat(width);
  const remaining = batch === 0 ? '?' : formatDuration((seconds / batch) * (batches - batch));
  const count = `${batch}/${batches}${unit ? ` ${unit}` : ''}`;
  return [`${count} [${bar}]`, `ETA: ${remaining}`, ...formatLogs(logs)].join(' - ');
}

function formatLogs(logs: Logs): string[] {
  return Object.entries(logs).map(([name, value]) => `${name}: ${formatValue(value)}`);
}

/** Keras's rule: four decimals, and the exponential form for what would lose its digits in them. */
function formatValue(value: number): string {
  return Math.abs(value) > 1e-3 || value === 0 ? value.toFixed(4) : value.toExponential(4);
}

function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
