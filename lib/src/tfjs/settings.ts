import type {Setting, Settings} from '../graph/settings';
import {variableOf, withLayersInside} from './layers';
import {tf} from './tensorflow';

// What tfjs keeps in a compiled model, as it was passed to `compile`.
interface CompileArguments {
  loss?: unknown;
  metrics?: unknown;
}

/**
 * The settings that a model's step reads as it runs: the numbers, texts and truth values in the properties of its layers,
 * of what they hold (a regularizer's factor), and of its optimizer, but for the learning rate, which is an input of the
 * step.
 */
export function settingsOf(
  container: tf.LayersModel,
  compiled?: {optimizer: tf.Optimizer; weights: tf.LayerVariable[]},
): Settings {
  const settings: Setting[] = [];
  const code: object[] = [];
  const look = (owner: object, name: string, left: ReadonlySet<string>, depth: number) => {
    if (!classes.has(owner.constructor)) code.push(owner);
    for (const [key, value] of Object.entries(owner) as [string, unknown][]) {
      if (left.has(key)) continue;
      if (isPlain(value)) settings.push({owner, key, value, name: `${key} of ${name}`});
      else if (typeof value === 'function' && !functions.has(value)) code.push(value);
      else if (Array.isArray(value) && value.every(isPlain)) {
        value.forEach((each, i) =>
          settings.push({owner: value, key: String(i), value: each, name: `${key} of ${name}`}),
        );
      } else if (depth > 0 && holdsSettings.test(key) && typeof value === 'object' && value !== null) {
        settings.push({owner, key, value, name: `${key} of ${name}`});
        look(value, name, new Set(), depth - 1);
      }
    }
  };
  for (const layer of withLayersInside(container)) {
    look(layer, `the layer ${layer.name}`, layer instanceof tf.LayersModel ? modelProperties : bookkeeping, 1);
  }
  if (compiled !== undefined) {
    look(compiled.optimizer, 'the optimizer', optimizerProperties, 1);
    const {loss, metrics} = container as unknown as CompileArguments;
    code.push(...functionsIn(loss), ...functionsIn(metrics));
    // Frozen or not: model.trainable reaches into the weights alone.
    for (const weight of compiled.weights) {
      const owner = variableOf(weight);
      settings.push({owner, key: 'trainable', value: owner.trainable, name: `trainable of the weight ${owner.name}`});
    }
  }
  return {settings, code};
}

/** What a layer or an optimizer uses, and what may have numbers of its own. */
const holdsSettings = /(activation|regularizer|constraint|^options)$/i;

/** Those of a model that its steps don't read: what compile has made, and `stopTraining`. */
const modelProperties = new Set([
  ...['isTraining', 'stopTraining_', 'stopTraining', 'history', 'loss', 'lossFunctions', 'metrics', 'metricsNames'],
  ...['metricsTensors', 'trainFunction', 'testFunction', 'predictFunction', 'isOptimizerOwned', '_refCount'],
]);

/** Those of a layer that follow from what it is, and that tfjs counts up by itself. */
const bookkeeping = new Set(['_refCount', '_callHook', '_losses', '_updates', '_addedWeightNames']);

/** The rate is an input of the step, and the count of steps is kept up whether or not JavaScript runs them. */
const optimizerProperties = new Set(['learningRate', 'iterations_']);

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

/** The losses or metrics that are functions of the user's: they may look at anything. */
function functionsIn(given: unknown): object[] {
  if (typeof given === 'function') return functions.has(given) ? [] : [given];
  return typeof given === 'object' && given !== null ? Object.values(given).flatMap(functionsIn) : [];
}

/** tfjs's own layers, optimizers, regularizers and so on, which read nothing but their properties. */
const classes = new Set<unknown>([
  tf.Sequential,
  tf.LayersModel,
  ...Object.values(tf.serialization.SerializationMap.getMap().classNameMap).map(([constructor]) => constructor),
]);

/** Says that a class reads nothing but its properties, as tfjs's own do. */
export function readsItsPropertiesOnly(constructor: unknown): void {
  classes.add(constructor);
}

/** tfjs's own losses and metrics, and ours. */
const functions = new WeakSet([tf.metrics, tf.losses].flatMap((each) => Object.values<object>(each)));

/** Says that a function, a loss say, is none of the user's: it reads nothing but its arguments and its layer's settings. */
export function declareOurs<F extends object>(f: F): F {
  functions.add(f);
  return f;
}
