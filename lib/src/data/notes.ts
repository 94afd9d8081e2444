import {reporterFor} from '../progress/reporter';
import type {Skipped} from './imageDataset';

/** Tells the reader what is worth knowing about data that were loaded all the same. */
export function tell(notes: readonly string[]): void {
  if (notes.length === 0) return;
  const reporter = reporterFor(1);
  for (const note of notes) reporter.line(`Note: ${note}`);
  reporter.end();
}

/** How many files were passed over, and for which reasons; nothing where there is none. */
export function skippedNotes(skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return [];
  const counts = new Map<string, number>();
  for (const {reason} of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [[commonest, most], ...others] = [...counts].sort(([, a], [, b]) => b - a) as [
    [string, number],
    ...[string, number][],
  ];
  const rest = others.length > 0 ? ` ${most} times; ${skipped.length - most} for other reasons` : '';
  const files = skipped.length === 1 ? `${skipped[0]!.file} was` : `${skipped.length} files were`;
  return [`${files} passed over (${commonest}${rest}); skipped has each with its reason.`];
}
