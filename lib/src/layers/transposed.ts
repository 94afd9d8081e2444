// Transposed convolutions: each pixel lays the kernel down, and what overlaps is added up. TensorFlow.js has none over
// sequences, and can't say by how much the result is longer. Source: compute_conv_transpose_output_shape of Keras 3.15.
import {activationOf, OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

function transposed(className: string, rank: number) {
  return class extends OwnLayer {
    static readonly className = className;
    private kernel?: tf.LayerVariable;
    private bias?: tf.LayerVariable;
    private readonly activation = activationOf(this.given.activation);
    private readonly kernelSize = this.along('kernelSize');
    private readonly strides = this.along('strides');

    /** An argument's number for each axis; a single one is for all. */
    private along(name: string): number[] {
      const values = [this.given[name] ?? 1].flat() as number[];
      return values.length === 1 ? Array.from({length: rank}, () => values[0]!) : values;
    }

    private get isFirst(): boolean {
      return this.given.dataFormat === 'channelsFirst';
    }

    /** [count, ...sizes, channels] in the order that the layer has. */
    private ordered([count, ...others]: tf.Shape): tf.Shape {
      return this.isFirst ? [count!, others.at(-1)!, ...others.slice(0, -1)] : [count!, ...others];
    }

    override build(inputShape: tf.Shape): void {
      const filters = this.given.filters as number;
      const channels = this.isFirst ? inputShape[1]! : inputShape.at(-1)!;
      this.kernel = this.weight('kernel', [...this.kernelSize, filters, channels], 'GlorotUniform');
      if (this.given.useBias !== false) this.bias = this.weight('bias', [filters], 'Zeros');
      this.built = true;
    }

    private length(size: number, axis: number): number {
      const [kernel, stride] = [this.kernelSize[axis]!, this.strides[axis]!];
      const added = (this.given.outputPadding ?? null) === null ? null : this.along('outputPadding')[axis]!;
      if (this.given.padding !== 'same') return (size - 1) * stride + kernel + (added ?? Math.max(stride - kernel, 0));
      if (added === null) return size * stride;
      if (kernel % 2 === 0 && added === 0) {
        throw new Error(
          `layer '${this.name}' (${className}): with padding 'same' and a kernel of ${kernel}, TensorFlow has no result ` +
            'for output_padding 0: expected 1 or more',
        );
      }
      return (size - 1) * stride + (kernel % 2) + added;
    }

    override computeOutputShape(inputShape: tf.Shape): tf.Shape {
      const sizes = this.isFirst ? inputShape.slice(2) : inputShape.slice(1, -1);
      const lengths = sizes.map((size, axis) => (size === null ? null : this.length(size, axis)));
      return this.ordered([inputShape[0]!, ...lengths, this.given.filters as number]);
    }

    protected compute([x]: tf.Tensor[]): tf.Tensor {
      const axes = [...x!.shape.keys()];
      const last = this.isFirst ? x!.transpose([0, ...axes.slice(2), 1]) : x!;
      const sizes = last.shape.slice(1, -1).map((size, axis) => this.length(size, axis));
      const laid = this.laid(last, [last.shape[0], ...sizes, this.given.filters as number]);
      const result = this.activation.apply(this.bias ? laid.add(this.bias.read()) : laid);
      return this.isFirst ? result.transpose([0, axes.at(-1)!, ...axes.slice(1, -1)]) : result;
    }

    /** All that the pixels lay down, with channels last. */
    private laid(x: tf.Tensor, shape: number[]): tf.Tensor {
      const kernel = this.kernel!.read();
      const padding = this.given.padding as 'same';
      if (rank === 3) {
        const volume = shape as [number, number, number, number, number];
        const strides = this.strides as [number, number, number];
        return tf.conv3dTranspose(x as tf.Tensor5D, kernel as tf.Tensor5D, volume, strides, padding);
      }
      const isRow = rank === 1;
      const picture = (isRow ? x.expandDims(1) : x) as tf.Tensor4D;
      const filter = (isRow ? kernel.expandDims(0) : kernel) as tf.Tensor4D;
      const [count, ...others] = shape as [number, number, number, number];
      const whole = (isRow ? [count, 1, ...others] : shape) as [number, number, number, number];
      const strides = (isRow ? [1, ...this.strides] : this.strides) as [number, number];
      const result = tf.conv2dTranspose(picture, filter, whole, strides, padding);
      return isRow ? result.squeeze([1]) : result;
    }
  };
}

register(
  transposed('Conv1DTranspose', 1),
  transposed('KerasConv2DTranspose', 2),
  transposed('KerasConv3DTranspose', 3),
);
