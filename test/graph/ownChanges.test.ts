/** What a step changes itself, where only its own code can see it, and the clocks it looks at. */
import {describe, test} from '@jest/globals';
import {tf} from 'convlab';
import {type Case, expectSameChanges, type Loss, Own, squares} from './changing';

const absolute: Loss = (yTrue, yPred) => yPred.sub(yTrue).abs().mean(-1);
const switching = (isLate: () => boolean): Loss => {
  return (yTrue, yPred) => (isLate() ? absolute(yTrue, yPred) : squares(yTrue, yPred));
};
const itself = (place: string) => `it changes something itself each time (${place})`;
const anew = (name: string) => `it uses numbers that JavaScript makes anew each time (${name})`;

let calls = 0;

class Private extends Own {
  #calls = 0;
  constructor() {
    super((x) => (++this.#calls > 8 ? x.square() : x));
  }
}

class Counted extends Own {
  static all = 0;
  constructor() {
    super((x) => (++Counted.all > 8 ? x.square() : x));
  }
}

/** A layer that holds something, and does something else when it has changed often enough. */
function holding<T>(held: T, isLate: (held: T) => boolean): Case {
  const layer = Object.assign(new Own((x) => (isLate(held) ? x.square() : x)), {held});
  return {tested: [layer]};
}

const cases: Record<string, () => Case> = {
  'a variable of the closure of a loss': () => {
    let count = 0;
    return {loss: switching(() => ++count > 8), reason: itself('count')};
  },
  'a variable of a module': () => {
    calls = 0;
    return {loss: switching(() => ++calls > 8), reason: itself('calls')};
  },
  'a variable that a metric counts in': () => {
    let measured = 0;
    return {metric: switching(() => ++measured > 8), reason: itself('measured')};
  },
  'a private field': () => ({tested: [new Private()], reason: itself('#calls')}),
  'a static property': () => {
    Counted.all = 0;
    return {tested: [new Counted()], reason: itself('constructor.all')};
  },
  'a property of an object in a layer': () => ({
    ...holding({count: 0}, (held) => ++held.count > 8),
    reason: itself('held.count'),
  }),
  'a list in a layer': () => ({
    ...holding([0], (held) => held.push(0) > 8),
    reason: 'it changes something itself each time (held of the layer',
  }),
  'an element of a typed array': () => ({
    ...holding(new Int32Array(2), (held) => ++held[1]! > 8),
    reason: itself('held.values'),
  }),
  'a set': () => ({...holding(new Set([0]), (held) => held.add(held.size).size > 8), reason: itself('held.element')}),
  'a map': () => ({
    ...holding(new Map([[0, 0]]), (held) => held.set(held.size, 0).size > 8),
    reason: itself('held.element'),
  }),
  'a tensor, such as an average that a loss keeps': () => {
    let average = tf.scalar(1);
    const loss: Loss = (yTrue, yPred) => {
      const now = squares(yTrue, yPred);
      const next = tf.keep(tf.tidy(() => average.mul<tf.Scalar>(0.9).add<tf.Scalar>(now.mean().mul(0.1))));
      average.dispose();
      average = next;
      return now.mul(average);
    };
    return {loss, reason: itself('average')};
  },
  'the clock, by Date.now': () => ({loss: switching(() => Date.now() < 0), reason: anew('Date.now')}),
  'the clock, by new Date': () => ({loss: switching(() => new Date().getTime() < 0), reason: anew('new Date')}),
  'the clock, by performance.now': () => ({
    loss: switching(() => performance.now() < 0),
    reason: anew('performance.now'),
  }),
  'the clock, by process.hrtime.bigint': () => ({
    loss: switching(() => process.hrtime.bigint() < 0n),
    reason: anew('process.hrtime'),
  }),
  'random bytes': () => ({
    loss: switching(() => crypto.getRandomValues(new Uint8Array(1))[0]! > 255),
    reason: anew('crypto.getRandomValues'),
  }),
  // The rest runs as a graph.
  'a table that a layer makes at its first call': () => {
    let table: tf.Tensor | undefined;
    return {tested: [new Own((x) => x.mul((table ??= tf.keep(tf.range(1, 6)))))]};
  },
  'a map that is only looked into': () => {
    const table = new Map([['factor', 1.5]]);
    return {tested: [new Own((x) => x.mul(table.get('factor')!))]};
  },
  'a day that is given': () => ({loss: switching(() => new Date(2000, 1).getFullYear() < 2000)}),
  'weights that model.trainable freezes': () => {
    let model: tf.LayersModel | undefined;
    return {
      callback: {
        setModel: (trained) => void (model = trained),
        onEpochEnd: (epoch) => void Object.assign(model!, {trainable: epoch % 2 === 1}),
      },
    };
  },
};

describe('what a step changes itself, or asks a clock, it does on the graph engine as on the eager one:', () => {
  test.each(Object.entries(cases))('%s', async (_name, make) => {
    await expectSameChanges(make);
  });
});
