import {basename} from 'node:path';
import {publicCall} from '../arguments/publicCall';
import {checkArguments} from '../arguments/schema';
import {readHdf5, type Attribute, type Hdf5, type Hdf5Array} from '../files/hdf5';
import {entriesIn} from '../files/zip';
import {modelPath, onFile} from './container/modelFile';
import {withModelFile, type Found} from './container/readFile';

/**
 * What is inside a model file, as an indented list: groups, attributes (@), and arrays with their shapes.
 *
 * @param path a .h5 or .keras file; what it is, its content says
 * @returns the list, a line for each thing
 * @throws Error as `keras.load` does, for what isn't a whole file
 * @example
 * console.log(await keras.describeFile('mymodel.h5'));
 * // mymodel.h5
 * //   @model_config: {"class_name":"Sequential","config":{"name":"sequential",…
 * //   model_weights
 * //     conv2d
 * //       conv2d/kernel:0: float32 [3, 3, 1, 32]
 */
export function describeFile(path: string): Promise<string> {
  return publicCall('keras.describeFile', () => described(path));
}

/** @deprecated The former name of {@link describeFile}. */
export function tree(path: string): Promise<string> {
  return publicCall('keras.tree', () => described(path));
}

async function described(path: string): Promise<string> {
  checkArguments({path}, {path: modelPath});
  return onFile(path, async () => [basename(path), ...indent(await withModelFile(path, linesOf))].join('\n'));
}

async function linesOf(found: Found): Promise<string[]> {
  const {format, file} = found;
  if (format === '.h5') return groupLines(await readHdf5(found));
  if (format === 'model.json') return [text(await file.readFile('utf8'))];
  const lines: string[] = [];
  for (const {name, data, part} of await entriesIn(file)) {
    if (name.endsWith('.h5')) lines.push(name, ...indent(groupLines(await readHdf5(await part()))));
    else lines.push(`${name}: ${text(new TextDecoder().decode(await data()))}`);
  }
  return lines;
}

/** A group of an HDF5 file, or an array. */
interface Entry {
  attributes?: Map<string, Attribute>;
  array?: Hdf5Array;
  children: Map<string, Entry>;
}

function groupLines(file: Hdf5): string[] {
  const root: Entry = {children: new Map()};
  const at = (path: string): Entry => {
    let entry = root;
    for (const name of path === '' ? [] : path.split('/')) {
      if (!entry.children.has(name)) entry.children.set(name, {children: new Map()});
      entry = entry.children.get(name)!;
    }
    return entry;
  };
  for (const [path, attributes] of file.attributes) at(path).attributes = attributes;
  for (const [path, array] of file.arrays) at(path).array = array;
  return entryLines(root);
}

function entryLines({attributes, children}: Entry): string[] {
  const own = [...(attributes ?? [])].map(([name, value]) => `@${name}: ${text(attributeText(value))}`);
  const below = [...children].flatMap(([name, child]) =>
    child.array ? [`${name}: ${describe(child.array)}`] : [name, ...indent(entryLines(child))],
  );
  return [...own, ...below];
}

function attributeText(value: Attribute): string {
  if (Array.isArray(value)) return value.join(', ');
  if (!ArrayBuffer.isView(value)) return String(value);
  return value.byteLength === 0 ? 'none' : `${value.byteLength} bytes`;
}

function describe({shape, data}: Hdf5Array): string {
  const type = data.constructor.name.replace(/Big|Array/g, '').toLowerCase(); // BigInt64Array is int64
  return `${type} [${shape.join(', ')}]`;
}

function text(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}

function indent(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
