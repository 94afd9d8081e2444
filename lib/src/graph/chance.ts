import {withReplaced} from '../tfjs/replaced';

/** What gives something else each time it is asked. */
const sources: readonly [owner: object, key: string, name: string][] = [
  [Math, 'random', 'Math.random'],
  [crypto, 'getRandomValues', 'crypto.getRandomValues'],
  [Date, 'now', 'Date.now'],
  [globalThis, 'Date', 'new Date'],
  [performance, 'now', 'performance.now'],
  // Before the function that it is a property of, which is replaced next.
  [process.hrtime, 'bigint', 'process.hrtime'],
  [process, 'hrtime', 'process.hrtime'],
];

/** @returns What `f` returns, and which random numbers and clocks it has asked for. */
export function listeningForChance<T>(f: () => T): {result: T; heard: string[]} {
  const heard = new Set<string>();
  const listening = (real: object, name: string) =>
    new Proxy(real, {
      apply: (target, self, given) => {
        heard.add(name);
        return Reflect.apply(target as () => unknown, self, given) as unknown;
      },
      construct: (target, given, made) => {
        // A date that is given is the same each time.
        if (given.length === 0) heard.add(name);
        return Reflect.construct(target as new () => object, given, made) as object;
      },
    });
  const run = sources.reduce<() => T>((inner, [owner, key, name]) => {
    const replacing = {[key]: listening(Reflect.get(owner, key) as object, name)};
    return () => withReplaced<object, T>(owner, replacing, inner);
  }, f);
  return {result: run(), heard: [...heard]};
}
