import {basename} from 'node:path';
import {unzip} from '../files/zip';
import {readHdf5, type Attribute, type Hdf5, type Hdf5Array} from '../files/hdf5';
import {checkPath} from './container/modelFile';
import {readModelFile} from './container/readFile';

/**
 * What is inside a model file, as an indented list: groups, attributes (@), and arrays with their shapes.
 *
 * @throws Error as load() does, for what isn't a whole file.
 * @example
 * console.log(await keras.tree('mymodel.h5'));
 * // mymodel.h5
 * //   @model_config: {"class_name":"Sequential","config":{"name":"sequential",…
 * //   model_weights
 * //     conv2d
 * //       conv2d/kernel:0: float32 [3, 3, 1, 32]
 */
export async function tree(path: string): Promise<string> {
  checkPath('keras.tree', path);
  try {
    const {bytes, format} = await readModelFile(path);
    const lines = [basename(path)];
    if (format === '.h5') return [...lines, ...indent(linesOf(await readHdf5(bytes)))].join('\n');
    for (const [name, data] of await unzip(bytes, (entry) => !entry.endsWith('/'))) {
      if (name.endsWith('.h5')) lines.push(`  ${name}`, ...indent(indent(linesOf(await readHdf5(data)))));
      else lines.push(`  ${name}: ${text(new TextDecoder().decode(data))}`);
    }
    return lines.join('\n');
  } catch (error) {
    throw new Error(`keras.tree: ${path}: ${(error as Error).message}`, {cause: error});
  }
}

interface Node {
  attributes?: Map<string, Attribute>;
  array?: Hdf5Array;
  children: Map<string, Node>;
}

function linesOf(file: Hdf5): string[] {
  const root: Node = {children: new Map()};
  const at = (path: string): Node => {
    let node = root;
    for (const name of path === '' ? [] : path.split('/')) {
      if (!node.children.has(name)) node.children.set(name, {children: new Map()});
      node = node.children.get(name)!;
    }
    return node;
  };
  for (const [path, attributes] of file.attributes) at(path).attributes = attributes;
  for (const [path, array] of file.arrays) at(path).array = array;
  return nodeLines(root);
}

function nodeLines({attributes, children}: Node): string[] {
  const own = [...(attributes ?? [])].map(([name, value]) => `@${name}: ${text(attributeText(value))}`);
  const below = [...children].flatMap(([name, child]) =>
    child.array ? [`${name}: ${describe(child.array)}`] : [name, ...indent(nodeLines(child))],
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
