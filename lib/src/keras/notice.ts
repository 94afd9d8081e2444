/** Tells on the console what of a file couldn't be done as it says, and what follows. */
export function notice(path: string, text: string): void {
  console.warn(`keras.load: ${path}: ${text}`);
}
