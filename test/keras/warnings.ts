import {afterEach, beforeEach, jest} from '@jest/globals';

/** What the library warns of in the test that runs; nothing of it is printed. */
export function collectWarnings(): string[] {
  const warnings: string[] = [];
  beforeEach(() => {
    warnings.length = 0;
    jest.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  return warnings;
}
