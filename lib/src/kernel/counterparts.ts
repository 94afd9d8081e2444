/** Names that readers know from Python, R and web pages, and what stands for them in a TypeScript cell. */

const PRINT = 'TypeScript prints by console.log(…).';
const LENGTH = 'TypeScript writes list.length; a tensor has shape and size.';
const TRUE = 'TypeScript writes true.';
const FALSE = 'TypeScript writes false.';
const SUM = 'TypeScript adds up by list.reduce((a, b) => a + b, 0), a tensor by tensor.sum().';
const EXIT = "A cell ends by itself; the kernel is shut down in Jupyter's menu.";
const ARRAYS = "Tensors stand for arrays of numbers: import {tf} from 'convlab', and tf.tensor([1, 2]).";
const CHARTS =
  "A figure of Plotly's shows itself: ({data: [{x: [1, 2], y: [3, 4]}], layout: {}}), once convlab is imported.";
const UNNAMED = 'TypeScript keeps no value without a name: const result = …';
const CONVLAB = (name: string) => `It is convlab's: import {${name}} from 'convlab';`;

/** What TypeScript has in the place of a name that it lacks. */
const COUNTERPARTS: Record<string, string> = {
  None: 'TypeScript has null, and undefined for what was left out.',
  True: TRUE,
  TRUE,
  False: FALSE,
  FALSE,
  NULL: 'TypeScript writes null.',
  NA: 'TypeScript writes NaN for a number that is missing, undefined for anything else.',
  Inf: 'TypeScript writes Infinity.',
  print: PRINT,
  cat: PRINT,
  pprint: PRINT,
  display: "TypeScript writes show(…): import {show} from 'convlab';",
  len: LENGTH,
  length: LENGTH,
  nrow: 'TypeScript writes list.length, or tensor.shape[0].',
  ncol: 'TypeScript writes tensor.shape[1].',
  dim: 'TypeScript writes tensor.shape.',
  head: 'TypeScript writes list.slice(0, 6); of a tensor, the name alone shows both ends.',
  tail: 'TypeScript writes list.slice(-6); of a tensor, the name alone shows both ends.',
  names: 'TypeScript writes Object.keys(…).',
  c: 'TypeScript writes [1, 2, 3].',
  list: 'TypeScript writes [1, 2, 3], and Array.from(…) for what can be counted through.',
  tuple: 'TypeScript writes [1, 2, 3].',
  dict: 'TypeScript writes {name: value}.',
  set: 'TypeScript writes new Set([1, 2, 3]).',
  seq: 'TypeScript writes Array.from({length: n}, (_, i) => i).',
  rep: 'TypeScript writes Array(n).fill(value).',
  range: 'TypeScript counts by for (let i = 0; i < n; i++) { … }.',
  enumerate: 'TypeScript writes for (const [i, each] of list.entries()) { … }.',
  zip: 'TypeScript writes a.map((each, i) => [each, b[i]]).',
  map: 'TypeScript writes list.map((x) => …).',
  sapply: 'TypeScript writes list.map((x) => …).',
  lapply: 'TypeScript writes list.map((x) => …).',
  filter: 'TypeScript writes list.filter((x) => …).',
  sorted: 'TypeScript writes [...list].sort((a, b) => a - b).',
  reversed: 'TypeScript writes [...list].reverse().',
  sum: SUM,
  mean: 'TypeScript has it for tensors: tensor.mean().',
  max: 'TypeScript writes Math.max(...list), or tensor.max().',
  min: 'TypeScript writes Math.min(...list), or tensor.min().',
  abs: 'TypeScript writes Math.abs(…), or tensor.abs().',
  round: 'TypeScript writes Math.round(…), and x.toFixed(2) for two places.',
  sqrt: 'TypeScript writes Math.sqrt(…), or tensor.sqrt().',
  exp: 'TypeScript writes Math.exp(…), or tensor.exp().',
  log: 'TypeScript writes Math.log(…), or tensor.log(); console.log(…) prints.',
  str: 'TypeScript calls the type string, and writes String(…).',
  int: 'TypeScript calls the type number, and writes Math.trunc(…), or Number(…) for a text.',
  float: 'TypeScript calls the type number, and writes Number(…).',
  bool: 'TypeScript calls the type boolean, and writes Boolean(…).',
  repr: 'TypeScript writes JSON.stringify(…).',
  paste: 'TypeScript writes text with values between backticks: `loss ${value}`.',
  paste0: 'TypeScript writes text with values between backticks: `loss ${value}`.',
  type: 'TypeScript writes typeof …; Shift and Tab on a name tells its type.',
  isinstance: 'TypeScript writes x instanceof Class, or typeof x.',
  help: 'Put the cursor on a name and press Shift and Tab to read about it.',
  dir: 'Write the name and a point, and press Tab to see what is there.',
  library: "TypeScript writes import {name} from 'package'; packages come from npm.",
  open: "TypeScript writes import fs from 'fs'; fs.readFileSync('file', 'utf8')",
  stop: "TypeScript writes throw new Error('text');",
  ValueError: "TypeScript writes throw new Error('text');",
  exit: EXIT,
  quit: EXIT,
  q: EXIT,
  pass: 'TypeScript writes { } for a block that does nothing.',
  self: 'TypeScript writes this.',
  _: UNNAMED,
  Out: UNNAMED,
  In: 'The cells themselves are in the notebook alone.',
  pwd: 'TypeScript writes process.cwd().',
  np: ARRAYS,
  torch: ARRAYS,
  pd: 'Tables come from npm, as arquero; convlab shows what such a package writes as HTML.',
  plt: CHARTS,
  plot: CHARTS,
  tf: CONVLAB('tf'),
  keras: "TensorFlow.js has Keras's layers: import {tf} from 'convlab', and tf.layers.dense({units: 10}).",
  input: "TypeScript writes import {input} from 'convlab'; await input('…')",
  readline: "TypeScript writes import {input} from 'convlab'; await input('…')",
  alert: 'There is no web page here: write console.log(…).',
  prompt: "There is no web page here: import {input} from 'convlab', and write await input('…').",
  document: "There is no web page here: import {show} from 'convlab' shows things below the cell.",
  window: 'There is no web page here: what all cells share is globalThis.',
  __dirname: "The notebook's folder is process.cwd().",
  __filename: "A cell has no file; the notebook's folder is process.cwd().",
};

/** The same for what stands behind a point. */
const PROPERTIES: Record<string, string> = {
  append: 'A list has push(…).',
  extend: 'A list has push(...others).',
  insert: 'A list has splice(index, 0, value).',
  remove: 'A list has filter((x) => x !== value).',
  items: 'TypeScript writes Object.entries(object).',
  upper: 'A text has toUpperCase().',
  lower: 'A text has toLowerCase().',
  strip: 'A text has trim().',
  format: 'TypeScript writes text with values between backticks: `loss ${value}`.',
  length: 'A tensor has size, and shape[0] for its rows.',
  ndim: 'A tensor has rank.',
  T: 'A tensor has transpose().',
  numpy: 'Its values are await tensor.array(), or await tensor.data() in one row.',
  tolist: 'A list of its values is await tensor.array().',
  item: 'Its only value is (await tensor.data())[0].',
  astype: "A tensor has cast('float32').",
  view: 'A tensor has reshape([…]).',
  permute: 'A tensor has transpose([…]).',
  unsqueeze: 'A tensor has expandDims(axis).',
  keras: 'TensorFlow.js has its parts one step higher: tf.layers.dense({units: 10}).',
};

/** How TypeScript says what a name stands for in another language, or in a web page; undefined for any other name. */
export function counterpart(name: string): string | undefined {
  return Object.hasOwn(COUNTERPARTS, name) ? COUNTERPARTS[name] : undefined;
}

/** The same for a property that a thing lacks. */
export function propertyCounterpart(name: string): string | undefined {
  return Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
}
