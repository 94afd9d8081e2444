import {tf} from './tensorflow';

/**
 * A layers model from what `tf.loadLayersModel` would have read from files, compiled if the artifacts say how.
 *
 * @throws Error with tfjs's words
 */
export async function loadArtifacts(artifacts: tf.io.ModelArtifacts): Promise<tf.LayersModel> {
  return tf.loadLayersModel({load: () => Promise.resolve(artifacts)});
}
