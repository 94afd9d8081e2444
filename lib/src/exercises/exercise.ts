/** What kind of answer an exercise of the notebooks has, and how to tell a right one and the usual slips. */
export interface Exercise {
  kind: 'number' | 'list' | 'function';
  /** In words, for a reader who gave something else. */
  expected: string;
  /** Significant digits that count. */
  digits: number;
  /** Arguments for a function. */
  calls?: readonly (readonly unknown[])[];
  /** Of the right answer: see digest.ts. The answers themselves are the solutions in the notebooks. */
  digest: string;
  /** What to say of the usual slips, by their digests. */
  slips: Readonly<Record<string, string>>;
}
