/** What a system call's error means, in words: the system says ENOENT; a notebook's reader knows it by others. */
export function inWords({code, message, path}: NodeJS.ErrnoException): string {
  // R puts the home folder for it, and so do shells.
  const home = path?.startsWith('~') ? '; ~ is no folder here: write the whole path' : '';
  const words = new Map([
    ['ENOENT', `there is no such file${home}`],
    ['ENOTDIR', 'it is a file, not a folder'],
    ['EISDIR', 'it is a folder, not a file'],
    ['EACCES', 'you may not read it'],
    ['ERR_FS_FILE_TOO_LARGE', 'it is larger than 2 GB'],
  ]);
  return words.get(code ?? '') ?? message;
}
