/** A version of Keras as a number that grows with it: 3.08 for '3.8.0', 3.15 for '3.15.1'; 2 where there is none to read. */
export function versionNumber(version: string): number {
  const [, major = '2', minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return Number(major) + Number(minor) / 100;
}
