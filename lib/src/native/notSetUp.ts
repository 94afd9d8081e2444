/**
 * The error of a native library that isn't there, or doesn't load: it says what to type.
 *
 * @param what the library, as the sentence begins
 * @param cause why it didn't load
 */
export function notSetUp(what: string, cause: unknown): Error {
  const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return new Error(
    `convlab: ${what} isn't installed or doesn't load on this machine. Type \`npx convlab setup\` in the folder of your ` +
      `project (in a clone of convlab: \`npm run setup\`); \`npx convlab doctor\` says more. (${reason})`,
    {cause},
  );
}
