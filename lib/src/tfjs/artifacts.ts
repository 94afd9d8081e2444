import {tf} from './tensorflow';

type Handler = Exclude<Parameters<typeof tf.loadLayersModel>[0], string>;

/** What the files of a model in TensorFlow.js's format hold. */
export type ModelArtifacts = Awaited<ReturnType<NonNullable<Handler['load']>>>;

/**
 * A layers model from what `tf.loadLayersModel` would have read from files, compiled if the artifacts say how.
 *
 * @throws Error with tfjs's words
 */
export async function loadArtifacts(artifacts: ModelArtifacts): Promise<tf.LayersModel> {
  return tf.loadLayersModel({load: () => Promise.resolve(artifacts)});
}
