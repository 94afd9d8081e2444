/**
 * Runs `work` while `members` stand in place of the object's own, and puts those back afterwards, however it ended. The
 * work is synchronous: what comes later, after an await, finds the object as it was.
 */
export function withReplaced<Owner extends object, Result>(
  owner: Owner,
  members: Partial<Owner>,
  work: () => Result,
): Result {
  const names = Object.keys(members);
  const before = names.map((name) => Object.getOwnPropertyDescriptor(owner, name));
  try {
    Object.assign(owner, members);
    return work();
  } finally {
    names.forEach((name, i) => {
      const descriptor = before[i];
      // What a prototype has comes to light again.
      if (descriptor === undefined) Reflect.deleteProperty(owner, name);
      else Object.defineProperty(owner, name, descriptor);
    });
  }
}
