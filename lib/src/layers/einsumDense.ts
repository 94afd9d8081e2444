// A dense layer over any axes, by Einstein's notation. TensorFlow.js's einsum has no gradient; a product of two tensors is
// a product of matrices once their axes are in order, which has one.
import {activationOf, OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

interface Equation {
  input: string[];
  kernel: string[];
  output: string[];
}

/** 'abc,cd->abd' as lists of axes; an ellipsis stands for as many axes as are left of the input's rank. */
export function parseEquation(equation: string, rank: number): Equation {
  const [, left, kernel, right] = /^([a-z.]+),([a-z]+)->([a-z.]+)$/i.exec(equation.replaceAll(' ', '')) ?? [];
  if (left === undefined || kernel === undefined || right === undefined) {
    throw new Error(`EinsumDense: equation '${equation}' should be like 'abc,cd->abd'`);
  }
  const missing = rank - left.replace('...', '').length;
  const expanded = (part: string) => {
    const [before = '', after] = part.split('...');
    if (after === undefined) return before.split('');
    return [...before.split(''), ...Array.from({length: missing}, (_, i) => String(i)), ...after.split('')];
  };
  return {input: expanded(left), kernel: kernel.split(''), output: expanded(right)};
}

/** The product that an equation describes, with a gradient. */
export function einsumProduct(x: tf.Tensor, kernel: tf.Tensor, equation: Equation): tf.Tensor {
  const {input, kernel: ofKernel, output} = equation;
  const shared = input.filter((axis) => ofKernel.includes(axis));
  const batch = shared.filter((axis) => output.includes(axis));
  const summed = shared.filter((axis) => !output.includes(axis));
  const rows = input.filter((axis) => !shared.includes(axis));
  const columns = ofKernel.filter((axis) => !shared.includes(axis));
  const size = (axis: string) => (input.includes(axis) ? x.shape[input.indexOf(axis)]! : kernel.shape[ofKernel.indexOf(axis)]!); // prettier-ignore
  const volume = (axes: string[]) => axes.reduce((product, axis) => product * size(axis), 1);
  const ordered = (tensor: tf.Tensor, axes: string[], ...groups: string[][]) =>
    tensor.transpose(groups.flat().map((axis) => axes.indexOf(axis))).reshape(groups.map(volume));
  const product = tf.matMul(ordered(x, input, batch, rows, summed), ordered(kernel, ofKernel, batch, summed, columns));
  const axes = [...batch, ...rows, ...columns];
  return product.reshape(axes.map(size)).transpose(output.map((axis) => axes.indexOf(axis)));
}

/** `activation(einsum(equation, inputs, kernel) + bias)`. */
export class EinsumDense extends OwnLayer {
  static readonly className = 'EinsumDense';
  private kernel?: tf.LayerVariable;
  private bias?: tf.LayerVariable;
  private readonly activation = activationOf(this.given.activation);

  override build(inputShape: tf.Shape): void {
    const {input, kernel, output} = parseEquation(this.equation, inputShape.length);
    const shape = this.computeOutputShape(inputShape);
    const size = (axis: string) => (input.includes(axis) ? inputShape[input.indexOf(axis)]! : shape[output.indexOf(axis)]!); // prettier-ignore
    this.kernel = this.weight('kernel', kernel.map(size), 'GlorotUniform');
    const biasAxes = this.given.biasAxes as string | null | undefined;
    if (biasAxes) {
      const first = Math.min(...biasAxes.split('').map((axis) => output.indexOf(axis)));
      const ofBias = output.slice(first).map((axis) => (biasAxes.includes(axis) ? size(axis) : 1));
      this.bias = this.weight('bias', ofBias, 'Zeros');
    }
    this.built = true;
  }

  private get equation(): string {
    return this.given.equation as string;
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const {input, output} = parseEquation(this.equation, inputShape.length);
    const given = [this.given.outputShape].flat() as (number | null)[];
    // What outputShape leaves open, the input says; it stands for the last axes.
    return output.map((axis, i) => {
      const said = given[i - (output.length - given.length)] ?? null;
      return said ?? (input.includes(axis) ? inputShape[input.indexOf(axis)]! : null);
    });
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const product = einsumProduct(x!, this.kernel!.read(), parseEquation(this.equation, x!.rank));
    return this.activation.apply(this.bias ? product.add(this.bias.read()) : product);
  }
}

register(EinsumDense);
