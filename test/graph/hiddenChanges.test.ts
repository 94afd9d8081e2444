/** What a step changes itself, far off or where JavaScript can't look: the debugger can. */
import {EventEmitter} from 'node:events';
import {describe, test} from '@jest/globals';
import {type Case, expectSameChanges, type Loss, squares} from './changing';
import {countElsewhere, Counter, deepCounter} from './farState';

const absolute: Loss = (yTrue, yPred) => yPred.sub(yTrue).abs().mean(-1);

/** A loss that becomes another one when it has counted further than eight from where it began. */
function counting(place: string, count: () => number): Case {
  let begun: number | undefined;
  const limit = () => (begun ??= count()) + 8;
  return {
    loss: (yTrue, yPred) => (count() > limit() ? absolute(yTrue, yPred) : squares(yTrue, yPred)),
    reason: `it changes something itself each time (${place})`,
  };
}

const key = Symbol('count');
const cases: Record<string, () => Case> = {
  'a variable five calls deep, each in a closure of its own': () => counting('deep', deepCounter(5)),
  'a variable in another file': () => counting('elsewhere', countElsewhere),
  'a static private field in another file': () => counting('Counter.#ofClass', () => Counter.count()),
  'what a getter counts': () => {
    let count = 0;
    const source = {
      get next() {
        return ++count;
      },
    };
    return counting('count', () => source.next);
  },
  'what a getter of another file’s class counts, in a private field': () => {
    const counter = new Counter();
    return counting('counter.#own', () => counter.next);
  },
  'a property behind a Proxy': () => {
    const proxied = new Proxy({count: 0}, {});
    return counting('proxied.count', () => ++proxied.count);
  },
  'a variable that a handler of a Proxy counts in': () => {
    let asked = 0;
    const proxied = new Proxy({count: 0}, {get: () => ++asked});
    return counting('asked', () => proxied.count);
  },
  'an element of a long typed array': () => {
    const counts = new Float32Array(3000);
    return counting('counts.values', () => ++counts[2999]!);
  },
  'a byte behind a DataView': () => {
    const view = new DataView(new ArrayBuffer(8));
    return counting('view.values', () => {
      view.setInt8(7, view.getInt8(7) + 1);
      return view.getInt8(7);
    });
  },
  'a WeakMap': () => {
    const owner = {};
    const counts = new WeakMap([[owner, 0]]);
    return counting('counts.element', () => {
      counts.set(owner, counts.get(owner)! + 1);
      return counts.get(owner)!;
    });
  },
  'what a WeakRef leads to': () => {
    const reference = new WeakRef({count: 0});
    return counting('reference.count', () => ++reference.deref()!.count);
  },
  'a generator': () => {
    const numbers = (function* () {
      for (let step = 0; ; step++) yield step;
    })();
    return counting('step', () => numbers.next().value);
  },
  'an iterator of a map': () => {
    const numbers = new Map(Array.from({length: 100}, (_, i) => [i, i])).keys();
    return counting('numbers', () => numbers.next().value!);
  },
  'a date': () => {
    const date = new Date(2000, 1);
    return counting('date.time', () => date.setTime(date.getTime() + 1));
  },
  'a variable of the environment': () => {
    process.env.CONVLAB_COUNT = '0';
    return counting('CONVLAB_COUNT', () => {
      process.env.CONVLAB_COUNT = String(Number(process.env.CONVLAB_COUNT) + 1);
      return Number(process.env.CONVLAB_COUNT);
    });
  },
  'a global variable': () => {
    const all = Object.assign(globalThis, {convlabCount: 0});
    return counting('convlabCount', () => ++all.convlabCount);
  },
  'a property named by a symbol': () => {
    const counts = {[key]: 0};
    return counting('counts.Symbol(count)', () => ++counts[key]);
  },
  'an object replaced in a list': () => {
    const list = [{count: 0}];
    return counting('list.0', () => (list[0] = {count: list[0]!.count + 1}).count);
  },
  'the object that a function is bound to': () => {
    const counts = {count: 0};
    const next = function (this: {count: number}) {
      return ++this.count;
    }.bind(counts);
    return counting('count.count', next);
  },
  'where a regular expression goes on': () => {
    const pattern = /a/g;
    const text = 'a'.repeat(100);
    return counting('pattern.lastIndex', () => {
      pattern.test(text);
      return pattern.lastIndex;
    });
  },
  'what a listener of an EventEmitter counts': () => {
    let events = 0;
    const emitter = new EventEmitter().on('batch', () => ++events);
    return counting('events', () => {
      emitter.emit('batch');
      return events;
    });
  },
};

describe('what a step changes itself takes effect on the graph engine as on the eager one, wherever it is:', () => {
  test.each(Object.entries(cases))('%s', async (_name, make) => {
    await expectSameChanges(make);
  });
});
