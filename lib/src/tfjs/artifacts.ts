import type {JsonObject} from '../keras/json';
import {tf} from './tensorflow';

type Handler = Exclude<Parameters<typeof tf.loadLayersModel>[0], string>;
type Artifacts = Awaited<ReturnType<NonNullable<Handler['load']>>>;

/** What the files of a model in TensorFlow.js's format hold: the JSON as it was read, and the weights one after another. */
export interface ModelFiles {
  modelTopology: JsonObject;
  weightSpecs: JsonObject[];
  weightData: ArrayBuffer;
  trainingConfig?: JsonObject;
}

/**
 * A layers model from what `tf.loadLayersModel` would have read from files, compiled if they say how.
 *
 * @throws Error with tfjs's words
 */
export async function loadArtifacts(files: ModelFiles): Promise<tf.LayersModel> {
  return tf.loadLayersModel({load: () => Promise.resolve(files as unknown as Artifacts)});
}

/** A model's architecture as tfjs writes it into a model.json. */
export function modelTopology(model: tf.LayersModel): JsonObject {
  return model.toJSON(null, false) as unknown as JsonObject;
}
