/** Tells on the console what of a file couldn't be done as it says, and what follows. */
export function notice(path: string, text: string, caller: 'keras.load' | 'keras.save' = 'keras.load'): void {
  console.warn(`${caller}: ${path}: ${text}`);
}
