/** Counters in another file than the loss that counts with them. */
let elsewhere = 0;
const add = () => ++elsewhere;
export const countElsewhere = () => add();

/** Each in a closure of its own: the number can be seen from the innermost alone. */
export function deepCounter(depth: number): () => number {
  if (depth > 0) {
    const inner = deepCounter(depth - 1);
    return () => inner();
  }
  let deep = 0;
  return () => ++deep;
}

export class Counter {
  static #ofClass = 0;
  static count() {
    return ++Counter.#ofClass;
  }

  #own = 0;
  get next() {
    return ++this.#own;
  }
}
