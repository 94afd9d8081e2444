/** What is the same of every exercise of the notebooks: how to tell a right answer and the usual slips. */
interface Common {
  /** In words, for a reader who gave something else. */
  expected: string;
  /** Of the right answer: see digest.ts. The answers themselves are the solutions in the notebooks. */
  digest: string;
  /** What to say of the usual slips, by their digests. */
  slips: Readonly<Record<string, string>>;
}

/** An exercise, by the kind of its answer; `digits`: significant digits that count. */
export type Exercise = Common &
  (
    | {kind: 'number' | 'list'; digits: number}
    | {
        kind: 'function';
        digits: number;
        /** Arguments for the function. */
        calls: readonly (readonly unknown[])[];
      }
    | {kind: 'text'}
  );
