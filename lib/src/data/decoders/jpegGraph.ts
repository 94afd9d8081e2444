// Many small JPEGs in one run of TensorFlow's. One operation after the other, each called from JavaScript, costs a third
// of the time: of 100 × 100 pixels 135 to 145 µs of computing, in one run some 95.
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {type Graph, type Node, type TensorType, type Value} from '../../graph/graph';
import {saveGraph} from '../../graph/savedModel';
import {withTemporaryFolder} from '../../files/temporaryFolder';
import {binding, jpegAttributes} from '../../tfjs/imageOps';
import {AttributeType, DataType, type Attribute} from '../../tfjs/numbers';
import {damaged, type Size} from './decoded';

/** What a graph makes of its files. */
export interface Together {
  size: Size;
  channels: 1 | 3;
  /** False for files that have the size already. */
  isResized: boolean;
}

/** A graph takes so many files; a multiple of four, as its result comes in numbers of 32 bits. */
export const TOGETHER = 16;

/** The same values that readJpeg gives each. @param files `TOGETHER` of them @throws Error when one is damaged */
export function decodeTogether(files: readonly Uint8Array[], wanted: Together): Uint8Array<ArrayBuffer> {
  const native = binding();
  const {session, inputNames, resultNames} = sessionFor(wanted);
  const made = [native.createTensor([files.length], DataType.string, [...files])];
  try {
    const [result] = native.runSavedModel(session, made, inputNames.join(), resultNames.join());
    made.push(result!.id);
    const {buffer, byteOffset, byteLength} = native.tensorDataSync(result!.id);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    return damaged(error);
  } finally {
    for (const id of made) native.deleteTensor(id);
  }
}

interface Session {
  session: number;
  inputNames: string[];
  resultNames: string[];
}
/** They last as long as the thread. */
const sessions = new Map<string, Session>();

function sessionFor(wanted: Together): Session {
  const key = JSON.stringify(wanted);
  const known = sessions.get(key);
  if (known) return known;
  const {bytes, ...names} = saveGraph(graphOf(wanted));
  const session = withTemporaryFolder('pictures', (folder) => {
    writeFileSync(path.join(folder, 'saved_model.pb'), bytes);
    return binding().loadSavedModel(`${folder}/`, 'serve');
  });
  const made = {session, ...names};
  sessions.set(key, made);
  return made;
}

/** Files → decoded, one after the other → brought to the size → one array. */
function graphOf({size: [height, width], channels, isResized}: Together): Graph {
  const nodes: Node[] = [];
  const add = (
    op: string,
    inputs: Value[],
    outputs: TensorType[],
    attributes: Attribute[],
    more: Partial<Node> = {},
  ): Value => {
    const node = {op, inputs, outputs, attributes, ...more};
    nodes.push(node);
    return {node, output: 0};
  };
  const ints = (...values: number[]) => {
    const shape = values.length === 1 ? [] : [values.length];
    return add('Const', [], [{dtype: DataType.int32, shape}], [], {constant: Int32Array.from(values)});
  };
  const type = (name: string, dtype: number): Attribute => ({name, type: AttributeType.type, value: dtype});
  const whole = (name: string, value: number): Attribute => ({name, type: AttributeType.int, value});
  const flag = (name: string, value: boolean): Attribute => ({name, type: AttributeType.bool, value});

  const text = {dtype: DataType.string, shape: []};
  const files: Node = {op: 'Placeholder', inputs: [], attributes: [], outputs: [{...text, shape: [TOGETHER]}]};
  const unpacked = add(
    'Unpack',
    [{node: files, output: 0}],
    Array.from({length: TOGETHER}, () => text),
    [whole('num', TOGETHER), whole('axis', 0), type('T', DataType.string)],
  );
  const first = ints(0);
  const size = ints(height, width);
  const half = add('Const', [], [{dtype: DataType.float, shape: []}], [], {constant: Float32Array.of(0.5)});
  const shape = [1, height, width, channels];
  const bytes = [{dtype: DataType.uint8, shape}];
  const floats = [{dtype: DataType.float, shape}];
  const pictures: Value[] = [];
  for (let i = 0; i < TOGETHER; i++) {
    // One after the other: large pictures side by side would need much memory, and other threads are at work as well.
    const after = pictures.at(-1)?.node;
    const decoded = add('DecodeJpeg', [{...unpacked, output: i}], bytes, jpegAttributes(channels), {after});
    const batch = add('ExpandDims', [decoded, first], bytes, [type('T', DataType.uint8), type('Tdim', DataType.int32)]);
    if (!isResized) {
      pictures.push(batch);
      continue;
    }
    const asKeras = [flag('align_corners', false), flag('half_pixel_centers', true)];
    const resized = add('ResizeBilinear', [batch, size], floats, [type('T', DataType.uint8), ...asKeras]);
    const raised = add('AddV2', [resized, half], floats, [type('T', DataType.float)]);
    const cast = [type('SrcT', DataType.float), type('DstT', DataType.uint8), flag('Truncate', false)];
    pictures.push(add('Cast', [raised], bytes, cast));
  }
  const length = (TOGETHER * height * width * channels) / 4;
  const all = add(
    'ConcatV2',
    [...pictures, first],
    [{dtype: DataType.uint8, shape: [TOGETHER, height, width, channels]}],
    [whole('N', TOGETHER), type('T', DataType.uint8), type('Tidx', DataType.int32)],
  );
  const fours = add(
    'Reshape',
    [all, ints(length, 4)],
    [{dtype: DataType.uint8, shape: [length, 4]}],
    [type('T', DataType.uint8), type('Tshape', DataType.int32)],
  );
  const result = add(
    'Bitcast',
    [fours],
    [{dtype: DataType.int32, shape: [length]}],
    [type('T', DataType.uint8), type('type', DataType.int32)],
  );
  return {nodes, inputs: [files], results: [result]};
}
