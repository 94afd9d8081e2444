import {
  type Attribute,
  AttributeType,
  type Calls,
  dataTypes,
  listen,
  nativeId,
  type NativeValues,
  readNative,
  runOperation,
} from '../tfjs/binding';
import {tf} from '../tfjs/tensorflow';
import {withKernelsForRecording} from '../tfjs/kernels';
import {withReplaced} from '../tfjs/replaced';
import {listeningForChance} from './chance';
import {type Graph, type Node, type TensorType, typeOf, type Value} from './graph';

/** A step as TensorFlow operations. */
export interface Recording {
  /** Its inputs are first those that were passed, then the variables; its results first the step's, then new values. */
  graph: Graph;
  /** The variables that the step looks at, in the order of their inputs. */
  variables: tf.Variable[];
  /** Of those, the ones that it changes, in the order of their results. */
  updated: tf.Variable[];
}

/** The step did what can't be replayed. */
export class RecordingError extends Error {}

/**
 * Runs `step` once, operation by operation, and writes down what reaches TensorFlow. The variables have their old
 * values again afterwards, also those that the step created.
 *
 * @param inputs The tensors whose values will be others when the recording is replayed; their shapes stay.
 * @throws RecordingError when the step looks at values that it computes, for no one could look during a replay.
 */
export function record(inputs: tf.Tensor[], step: () => tf.Tensor[]): Recording {
  const recorder = new Recorder();
  for (const tensor of inputs) recorder.addInput(nativeId(tensor), tensorType(tensor));
  for (const [id, variable] of variablesById()) recorder.addVariable(id, variable);
  const history = new VariableHistory();
  try {
    const heard = () => withKernelsForRecording(() => listen((real) => recorder.listen(real), step));
    const results = history.watch(() => withoutChance(heard));
    const recording = recorder.finish(results.map(nativeId), history.changes);
    tf.dispose(results);
    return recording;
  } finally {
    history.undo();
  }
}

/** @throws RecordingError when `f` draws a random number or looks at a clock, as a replay couldn't do so again. */
function withoutChance<T>(f: () => T): T {
  const {result, heard} = listeningForChance(f);
  if (heard.length === 0) return result;
  throw new RecordingError(`it uses numbers that JavaScript makes anew each time (${heard.join(', ')})`);
}

/**
 * Every variable there is, by its native tensor. What still waits in JavaScript is uploaded here: during the step it
 * would look like a constant made there.
 */
function variablesById(): Map<number, tf.Variable> {
  const byId = new Map<number, tf.Variable>();
  for (const variable of Object.values(tf.engine().registeredVariables)) {
    // Two that share their value couldn't be told apart; the second gets a native tensor of its own.
    if (byId.has(nativeId(variable))) {
      const copy = runOperation('Identity', [], [variable]);
      variable.assign(copy);
      copy.dispose();
    }
    byId.set(nativeId(variable), variable);
  }
  return byId;
}

function tensorType(tensor: tf.Tensor): TensorType {
  return {dtype: dataTypes[tensor.dtype as keyof typeof dataTypes], shape: tensor.shape};
}

interface Change {
  variable: tf.Variable;
  /** The native tensor after the step. */
  after: number;
}

/** Remembers what each variable was before it was first assigned to. */
class VariableHistory {
  private readonly old = new Map<tf.Variable, tf.Tensor>();

  watch<T>(f: () => T): T {
    const {old} = this;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the variable it was taken for.
    const assign = tf.Variable.prototype.assign;
    const remembering = function (this: tf.Variable, value: tf.Tensor) {
      if (!old.has(this)) old.set(this, tf.keep(this.clone()));
      assign.call(this, value);
    };
    return withReplaced(tf.Variable.prototype, {assign: remembering}, f);
  }

  get changes(): Change[] {
    return [...this.old.keys()].map((variable) => ({variable, after: nativeId(variable)}));
  }

  undo(): void {
    for (const [variable, before] of this.old) {
      variable.assign(before);
      before.dispose();
    }
    this.old.clear();
  }
}

/**
 * tfjs leaves the type out for one operation, and gives a wrong one for the mean of truth values; run one by one,
 * operations infer it from their input, but in a graph it has to be there.
 */
function complete(op: string, attributes: Attribute[], inputs: Value[]): Attribute[] {
  if (op !== 'ExpandDims' && op !== 'Mean') return attributes;
  const type = {name: 'T', type: AttributeType.type, value: typeOf(inputs[0]!).dtype};
  return [...attributes.filter(({name}) => name !== 'T'), type];
}

class Recorder {
  private readonly nodes: Node[] = [];
  private readonly inputs: Node[] = [];
  private readonly values = new Map<number, Value>();
  /** The variables there are, and those that the step has looked at. */
  private readonly variables = new Map<number, tf.Variable>();
  private readonly used: tf.Variable[] = [];

  addInput(id: number, type: TensorType): Value {
    const node: Node = {op: 'Placeholder', inputs: [], attributes: [], outputs: [type]};
    this.inputs.push(node);
    return this.add(id, node);
  }

  addVariable(id: number, variable: tf.Variable): void {
    this.variables.set(id, variable);
  }

  listen(real: Calls): Calls {
    return {
      executeOp: (op, attributes, ids, count) => {
        const inputs = ids.map((id) => this.valueOf(id));
        const outputs = real.executeOp(op, attributes, ids, count);
        const node: Node = {op, inputs, attributes: complete(op, attributes, inputs), outputs};
        this.nodes.push(node);
        outputs.forEach(({id}, output) => this.values.set(id, {node, output}));
        return outputs;
      },
      createTensor: (shape, dtype, values) => {
        const id = real.createTensor(shape, dtype, values);
        // Copied: the array stays the caller's, who may write to it again.
        this.addConstant(id, {dtype, shape: [...shape]}, values.slice());
        return id;
      },
      tensorDataSync: (id) => {
        if (this.valueOf(id).node.constant === undefined) {
          throw new RecordingError('it looks at the values of a tensor while it runs');
        }
        return real.tensorDataSync(id);
      },
    };
  }

  /** What a native tensor is in the graph: a result, a variable, or something that was there before and stays. */
  valueOf(id: number): Value {
    const known = this.values.get(id);
    if (known !== undefined) return known;
    const variable = this.variables.get(id);
    if (variable !== undefined) {
      this.used.push(variable);
      return this.addInput(id, tensorType(variable));
    }
    const {values, ...type} = readNative(id);
    return this.addConstant(id, type, values);
  }

  finish(results: number[], changes: Change[]): Recording {
    const values = [...results, ...changes.map(({after}) => after)].map((id) => this.valueOf(id));
    const graph = {nodes: this.nodes, inputs: this.inputs, results: values};
    return {graph, variables: this.used, updated: changes.map(({variable}) => variable)};
  }

  private addConstant(id: number, type: TensorType, constant: NativeValues): Value {
    const node: Node = {op: 'Const', inputs: [], attributes: [], outputs: [type], constant};
    this.nodes.push(node);
    return this.add(id, node);
  }

  private add(id: number, node: Node): Value {
    const value = {node, output: 0};
    this.values.set(id, value);
    return value;
  }
}
