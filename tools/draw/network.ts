import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {loadLayersModel, model as modelOf, type LayersModel, type SymbolicTensor} from '@tensorflow/tfjs-layers';

/** A trained model as the page carries it. */
export interface PackedModel {
  topology: object;
  weightSpecs: tf.io.WeightsManifestEntry[];
  /** The weights' bytes, as base64. */
  weights: string;
}

/** What a layer made of the picture: maps of height × width, or a row of numbers, which are maps of one pixel. */
export interface LayerOutput {
  name: string;
  height: number;
  width: number;
  maps: number;
  /** Row by row; at each pixel the maps one after the other, as layers return them. */
  values: Float32Array;
}

/** All that the network says about a picture. */
export interface Answer {
  probabilities: Float32Array;
  layers: LayerOutput[];
}

/** The trained network, ready to be asked; what every layer says comes with the answer. */
export async function unpack({
  topology,
  weightSpecs,
  weights,
}: PackedModel): Promise<(picture: Float32Array) => Answer> {
  await tf.setBackend('cpu');
  const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0));
  const packed = {modelTopology: topology, weightSpecs, weightData: bytes.buffer};
  const trained = await loadLayersModel(tf.io.fromMemory(packed));
  // Flattening only writes the same numbers in a row.
  const telling = trained.layers.filter(
    (layer) => !['InputLayer', 'Flatten', 'Dropout'].includes(layer.getClassName()),
  );
  const outputs = telling.map((layer) => layer.output as SymbolicTensor);
  const everyLayer = modelOf({inputs: trained.inputs, outputs});
  const shape = trained.inputs[0]!.shape.slice(1) as number[];
  return (picture) =>
    ask(
      everyLayer,
      telling.map(({name}) => name),
      picture,
      shape,
    );
}

function ask(everyLayer: LayersModel, names: string[], picture: Float32Array, shape: number[]): Answer {
  const outputs = tf.tidy(() => everyLayer.predict(tf.tensor(picture, [1, ...shape])) as tf.Tensor[]);
  const layers = outputs.map((output, i): LayerOutput => {
    const [, ...size] = output.shape;
    const [height, width, maps] = size.length === 3 ? (size as [number, number, number]) : [1, 1, size[0]!];
    return {name: names[i]!, height, width, maps, values: output.dataSync<'float32'>()};
  });
  tf.dispose(outputs);
  return {probabilities: layers.pop()!.values, layers};
}
