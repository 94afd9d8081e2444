import {keras} from 'convlab';
import {type Cases, model, wrong} from './common';

export const kerasCases: Cases = {
  // prettier-ignore
  keras: [
    ['no path', () => keras.save(model, wrong(undefined)), "keras.save: path must be a file's path, such as 'mymodel.h5', got nothing"],
    ['path first', () => keras.save(wrong('a.h5'), wrong(model)), "keras.save: model must be a model, made by tf.sequential, tf.model or keras.load, got the text 'a.h5'"],
    ['another ending', () => keras.save(model, 'a.json'), "keras.save: a.json: the name's ending says the format, and it must be .h5 or .keras"],
    ['a folder that is none', () => keras.save(model, '/nowhere/a.h5'), 'keras.save: /nowhere/a.h5: there is no folder /nowhere'],
    ['a misspelt option', () => keras.save(model, 'a.h5', wrong({optimiser: false})), 'keras.save: there is no option optimiser; there are includeOptimizer, kerasVersion, optimizer'],
    ['a version of Keras that there is not', () => keras.save(model, 'a.h5', wrong({kerasVersion: 4})), 'keras.save: kerasVersion must be 2 or 3, got 4'],
    ['a model to load', () => keras.load(wrong(model)), "keras.load: path must be a file's path, such as 'mymodel.h5', got a Sequential"],
    ['a file that is none', () => keras.load('/nowhere/a.h5'), 'keras.load: /nowhere/a.h5: there is no such file'],
    ['an address', () => keras.load('https://example.org/a.h5'), 'keras.load: https://example.org/a.h5: it is an address, not a file; download it first'],
    ['no path to describe', () => keras.describeFile(wrong(undefined)), "keras.describeFile: path must be a file's path"],
    ['another ending for weights', () => keras.saveWeights(model, 'a.keras'), "keras.saveWeights: a.keras: the name's ending must be .weights.h5 (Keras 3) or .h5 (Keras 2)"],
    ['weights of a file that is none', () => keras.loadWeights(model, '/nowhere/a.h5'), 'keras.loadWeights: /nowhere/a.h5: there is no such file'],
    ['a flag that is none', () => keras.loadWeights(model, 'a.h5', wrong({byName: 1})), 'keras.loadWeights: byName must be true or false, got 1'],
    ['weights of no model', () => keras.saveWeights(wrong(undefined), 'a.h5'), 'keras.saveWeights: model must be a model'],
    ['no model', () => keras.layerNames(wrong(undefined)), 'keras.layerNames: model must be a model'],
  ],
};
