// HDF5 in a thread of its own, and the only code that knows h5wasm. HDF5 is C: a damaged file can make it trap, spin or
// ask for gigabytes. Here that ends this thread and nothing else. h5wasm's files live in memory, so a link inside a
// file to another file on the disk leads nowhere. Plain JavaScript, because a thread starts from a file, and this one
// has to be the same whether TypeScript's sources run (tests) or what they compile to.
//
// Asked:    {bytes}                            to read, or {attributes, arrays} to write
// Answers:  {attributes, arrays, heap}, {bytes, heap}, or {error}; once, before all of them, {ready: true}; and while it
//           reads, {alive: true} with every object, so that a slow machine can be told from a file that has no end
//   attributes  [path of the group, name, string | string[] | number | typed array][]
//   arrays      [path, shape, typed array][]
// Paths have no leading slash; the root is ''.
import {parentPort} from 'node:worker_threads';
import h5wasm, {Dataset, File, FS, Group, Module} from 'h5wasm';

const MAX_DEPTH = 64; // groups in groups; Keras's nested models make a handful
const MAX_OBJECTS = 200_000; // a link back up would otherwise be followed for ever
const MAX_RATIO = 100; // a compressed array may take this many times the file's size
const MAX_BYTES = 2 ** 32;
const FILE = '/file.h5';

await h5wasm.ready;
// Without it HDF5 prints its errors and h5wasm hands out whatever was in memory.
Module.activate_throwing_error_handler();
parentPort.on('message', (question) => {
  try {
    const answer = question.bytes ? read(question.bytes) : {bytes: write(question)};
    const buffers = answer.bytes ? [answer.bytes.buffer] : answer.arrays.map(([, , data]) => data.buffer);
    parentPort.postMessage({...answer, heap: Module.HEAPU8.length}, buffers);
  } catch (error) {
    parentPort.postMessage({error: reason(error)});
  }
});
// A question that can't be passed on, such as one with arrays that were handed over before.
parentPort.on('messageerror', (error) => parentPort.postMessage({error: reason(error)}));
parentPort.postMessage({ready: true});

function read(bytes) {
  FS.writeFile(FILE, bytes, {canOwn: true});
  const file = new File(FILE, 'r');
  const attributes = [];
  const datasets = [];
  let objects = 0;
  let total = 0;
  const limit = Math.min(MAX_RATIO * bytes.length, Math.max(bytes.length, MAX_BYTES));

  const visit = (group, path, depth) => {
    if (depth > MAX_DEPTH) throw new Error(`groups are nested more than ${MAX_DEPTH} deep, at '${path}'`);
    for (const [name, attribute] of Object.entries(group.attrs)) {
      const {size, total_size, type} = attribute.metadata;
      if (size * total_size > bytes.length) throw new Error(`attribute '${name}' of '${path}' is larger than the file`);
      if (isNumber(type) || isString(type)) attributes.push([path, name, attribute.value]);
    }
    for (const name of group.keys()) {
      parentPort.postMessage({alive: true});
      if (++objects > MAX_OBJECTS) throw new Error(`it holds more than ${MAX_OBJECTS} objects`);
      const childPath = path === '' ? name : `${path}/${name}`;
      const child = group.get(name);
      if (child instanceof Group) visit(child, childPath, depth + 1);
      else if (child instanceof Dataset) {
        const {shape, size, total_size, type, littleEndian} = child.metadata;
        if (!isNumber(type) || !shape) continue; // text and empty spaces: no weights
        if (!littleEndian && size > 1) throw new Error(`array '${childPath}' is big-endian, which is not supported`);
        total += size * total_size;
        if (size * total_size > bytes.length && child.filters.length === 0) {
          throw new Error(`array '${childPath}' of shape [${shape.join(', ')}] is larger than the file`);
        }
        if (total > limit) throw new Error(`its arrays would expand to more than ${limit} bytes`);
        datasets.push([childPath, shape, child]);
      } else throw new Error(`'${childPath}' is a link that leads nowhere in this file`);
    }
  };

  visit(file, '', 0);
  const arrays = datasets.map(([path, shape, dataset]) => {
    parentPort.postMessage({alive: true});
    const value = dataset.value;
    return [path, shape, ArrayBuffer.isView(value) ? value : scalar(value)];
  });
  file.close();
  FS.unlink(FILE);
  return {attributes, arrays};
}

function write({attributes, arrays}) {
  const file = new File(FILE, 'w');
  const groups = new Map([['', file]]);
  const group = (path) => {
    if (!groups.has(path)) {
      const slash = path.lastIndexOf('/');
      groups.set(path, group(path.slice(0, Math.max(slash, 0))).create_group(path.slice(slash + 1)));
    }
    return groups.get(path);
  };
  for (const [path, name, value] of attributes) {
    // An empty list has no strings to guess a type from; h5py writes it as numbers, too.
    if (Array.isArray(value) && value.length === 0) group(path).create_attribute(name, new Float64Array(0), [0], '<d');
    else group(path).create_attribute(name, value);
  }
  for (const [path, shape, data] of arrays) {
    const slash = path.lastIndexOf('/');
    group(path.slice(0, Math.max(slash, 0))).create_dataset({name: path.slice(slash + 1), data, shape});
  }
  file.close();
  const bytes = FS.readFile(FILE);
  FS.unlink(FILE);
  return bytes;
}

function isNumber(type) {
  return type === Module.H5T_class_t.H5T_INTEGER.value || type === Module.H5T_class_t.H5T_FLOAT.value;
}

function isString(type) {
  return type === Module.H5T_class_t.H5T_STRING.value;
}

/** h5wasm unpacks scalars: a number or a bigint. */
function scalar(value) {
  return typeof value === 'bigint' ? BigInt64Array.of(value) : Float64Array.of(value);
}

/** HDF5 reports its whole call stack; the innermost line says what is wrong. */
function reason(error) {
  const text = error instanceof Error ? error.message : String(error);
  const innermost = text.match(/ in \w+\(\): .*/g)?.at(-1);
  return innermost?.replace(/^ in \w+\(\): /, '') ?? text.split('\n')[0];
}
