import {reporterFor} from '../progress/reporter';
import type {Skipped} from './imageDataset';

/** Tells the reader what is worth knowing about data that were loaded all the same. */
export function warn(notes: readonly string[]): void {
  if (notes.length === 0) return;
  const reporter = reporterFor(1);
  for (const note of notes) reporter.line(`Note: ${note}`);
  reporter.end();
}

/** So many reasons are told; the others are counted. */
const MOST_REASONS = 3;

/** How many files were passed over, and for which reasons; nothing where there is none. */
export function skippedWarnings(skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return [];
  if (skipped.length === 1) return [`${skipped[0]!.file} was passed over: ${skipped[0]!.reason}.`];
  const counts = new Map<string, number>();
  for (const {reason} of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a).map(([reason, count]) => `${count} × ${reason}`);
  const more = sorted.length > MOST_REASONS ? '; …' : '';
  const reasons = sorted.slice(0, MOST_REASONS).join('; ');
  return [`${skipped.length} files were passed over (${reasons}${more}); skipped has each with its reason.`];
}
