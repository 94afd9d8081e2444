import os from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Has `end` done when this process is told to stop, by Ctrl-C, by kill or by a terminal that closes; then it stops.
 *
 * @param {(signal: string) => unknown} end
 * @returns {() => void} calls it off
 */
export function whenStopped(end) {
  const stop = async (signal) => {
    await end(signal);
    process.exit(128 + os.constants.signals[signal]);
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  return () => SIGNALS.forEach((signal) => process.off(signal, stop));
}
