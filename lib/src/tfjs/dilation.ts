// tfjs has no gradient for convolutions whose kernels are spread out by a dilation rate, and its DepthwiseConv2D forgets
// the rate altogether. Of a picture's pixels such a kernel sees, from wherever it stands, only every second (or third): it
// works like a dense kernel on each of the smaller pictures that these make up. Importing this file lets layers take
// pictures apart so, and put the results together: to train, and depthwise ones always.
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

// As in tfjs-layers 4.22, which keeps its classes private.
interface Convolution {
  call: (inputs: tf.Tensor | tf.Tensor[], kwargs: {training?: boolean}) => tf.Tensor | tf.Tensor[];
  computeOutputShape: (inputShape: tf.Shape | tf.Shape[]) => tf.Shape | tf.Shape[];
  dilationRate: number[];
  kernelSize: number[];
  padding: string;
  dataFormat: string;
}

function takenApart(layer: Convolution, x: tf.Tensor, usual: (x: tf.Tensor) => tf.Tensor | tf.Tensor[]): tf.Tensor {
  const {dilationRate: rates, kernelSize, padding} = layer;
  const edges = rates.map((rate, i) => {
    const size = x.shape[i + 1]!;
    const added = padding === 'same' ? (kernelSize[i]! - 1) * rate : 0;
    const before = Math.floor(added / 2);
    // What is left over where the size is no multiple of the rate.
    const beyond = Math.ceil((size + added) / rate) * rate - size - added;
    return {before, after: added - before + beyond, beyond};
  });
  const parts = tf.spaceToBatchND(
    x,
    rates,
    edges.map(({before, after}) => [before, after]),
  );
  const dense: Partial<Convolution> = {dilationRate: rates.map(() => 1), padding: 'valid'};
  const results = withReplaced(layer, dense, () => usual(parts)) as tf.Tensor;
  return tf.batchToSpaceND(
    results,
    rates,
    edges.map(({beyond}) => [0, beyond]),
  );
}

function patch(prototype: Convolution, always: boolean): void {
  const usual = prototype.call;
  prototype.call = function (this: Convolution, inputs, kwargs) {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    if (this.dataFormat === 'channelsFirst') {
      return tf.tidy(() => withChannelsLast(this, x, (last) => this.call(last, kwargs)));
    }
    const isPlain = this.dilationRate.every((rate) => rate === 1);
    if (isPlain || !(always || kwargs.training === true)) return usual.call(this, inputs, kwargs);
    return tf.tidy(() => takenApart(this, x, (parts) => usual.call(this, parts, kwargs)));
  };
}

/** tfjs forgets to turn conv1d's result back, and adds separableConv2d's bias before it has. */
function withChannelsLast(
  layer: Convolution,
  x: tf.Tensor,
  work: (x: tf.Tensor) => tf.Tensor | tf.Tensor[],
): tf.Tensor {
  const axes = [...x.shape.keys()];
  const last = x.transpose([0, ...axes.slice(2), 1]);
  const result = withReplaced(layer, {dataFormat: 'channelsLast'}, () => work(last)) as tf.Tensor;
  return result.transpose([0, axes.at(-1)!, ...axes.slice(1, -1)]);
}

/** The class that a layer has its `call` from: plain convolutions of any dimensions have the same. */
function prototypeOf(layer: tf.layers.Layer): Convolution {
  let prototype = Object.getPrototypeOf(layer) as Convolution;
  while (!Object.hasOwn(prototype, 'call')) prototype = Object.getPrototypeOf(prototype) as Convolution;
  return prototype;
}

const {conv2d, depthwiseConv2d, separableConv2d} = tf.layers;
patch(prototypeOf(conv2d({filters: 1, kernelSize: 1})), false);
patch(prototypeOf(separableConv2d({filters: 1, kernelSize: 1})), true);
const depthwise = prototypeOf(depthwiseConv2d({kernelSize: 1}));
patch(depthwise, true);

const usualShape = depthwise.computeOutputShape;
depthwise.computeOutputShape = function (this: Convolution, inputShape) {
  const kernelSize = this.kernelSize.map((size, i) => (size - 1) * this.dilationRate[i]! + 1);
  return withReplaced<Convolution, tf.Shape | tf.Shape[]>(this, {kernelSize}, () => usualShape.call(this, inputShape));
};
