import {afterAll, beforeAll, beforeEach} from '@jest/globals';
import {setReporter} from 'convlab';

/** Every line that the test under way has told the reader. */
export const told: string[] = [];

/** To be called once in a file of tests that look at `told`. */
export function listenToNotes(): void {
  let before: ReturnType<typeof setReporter>;
  const ignore = () => undefined;
  beforeAll(() => {
    before = setReporter(() => ({line: (text) => told.push(text), progress: ignore, history: ignore, end: ignore}));
  });
  afterAll(() => {
    setReporter(before);
  });
  beforeEach(() => {
    told.length = 0;
  });
}
