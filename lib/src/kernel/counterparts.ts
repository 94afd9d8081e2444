/** Names that readers know from Python, R and web pages, and what stands for them in a TypeScript cell. */

/** What TypeScript has in the place of a name that it lacks. */
const COUNTERPARTS: Record<string, string> = {
  None: 'TypeScript has null, and undefined for what was left out.',
  True: 'TypeScript writes true.',
  TRUE: 'TypeScript writes true.',
  False: 'TypeScript writes false.',
  FALSE: 'TypeScript writes false.',
  NULL: 'TypeScript writes null.',
  print: 'TypeScript prints by console.log(…).',
  cat: 'TypeScript prints by console.log(…).',
  len: 'TypeScript writes list.length; a tensor has shape and size.',
  length: 'TypeScript writes list.length; a tensor has shape and size.',
  dim: 'TypeScript writes tensor.shape.',
  range: 'TypeScript counts by for (let i = 0; i < n; i++) { … }.',
  enumerate: 'TypeScript writes for (const [i, each] of list.entries()) { … }.',
  str: 'TypeScript writes String(…).',
  int: 'TypeScript writes Math.trunc(…), or Number(…) for a text.',
  float: 'TypeScript writes Number(…).',
  type: 'TypeScript writes typeof …; Shift and Tab on a name tells its type.',
  help: 'Put the cursor on a name and press Shift and Tab to read about it.',
  dir: 'Write the name and a point, and press Tab to see what is there.',
  library: "TypeScript writes import {name} from 'package'; packages come from npm.",
  alert: 'There is no web page here: write console.log(…).',
  prompt: "There is no web page here: import {input} from 'convlab', and write await input('…').",
  document: "There is no web page here: import {show} from 'convlab' shows things below the cell.",
  window: 'There is no web page here: what all cells share is globalThis.',
  __dirname: "The notebook's folder is process.cwd().",
  __filename: "A cell has no file; the notebook's folder is process.cwd().",
};

/** How TypeScript says what a name stands for in another language, or in a web page; undefined for any other name. */
export function counterpart(name: string): string | undefined {
  return Object.hasOwn(COUNTERPARTS, name) ? COUNTERPARTS[name] : undefined;
}
