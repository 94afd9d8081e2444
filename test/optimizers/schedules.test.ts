import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {scheduleOf} from '../../lib/src/optimizers/schedules';

// Keras is the oracle: fixtures/optimizers/schedules.py asked it for the rate at these steps.
interface Written {
  name: string;
  /** What Keras was given; what isn't there has its default. */
  arguments: Record<string, unknown>;
  /** All of it, as Keras writes it into a file. */
  config: Record<string, unknown>;
  rates: number[];
}
const file = join(__dirname, '../fixtures/optimizers/schedules.json');
const {steps, schedules} = JSON.parse(readFileSync(file, 'utf8')) as {steps: number[]; schedules: Written[]};

// Keras calculates in float32, about seven digits; a restart at a whole number of periods may fall to either side of it.
const TOLERANCE = 2e-7;

describe.each(schedules)('$name with $arguments', ({name, arguments: given, config, rates}) => {
  test.each(['given', 'written into a file'])('gives the rates of Keras, its arguments as %s', (how) => {
    const schedule = scheduleOf(name, how === 'given' ? given : config);
    steps.forEach((step, i) => {
      expect(Math.abs(schedule.at(step) - rates[i]!)).toBeLessThan(TOLERANCE);
    });
  });
});

test("a schedule of one's own, a missing number and a list that is none are refused by name", () => {
  expect(() => scheduleOf('Mine', {})).toThrow("its learning rate is a schedule of one's own, Mine");
  expect(() => scheduleOf('toString', {})).toThrow("a schedule of one's own, toString");
  expect(() => scheduleOf('CosineDecay', {initial_learning_rate: 0.1})).toThrow(
    "its learning rate's schedule needs a number for decay_steps, got null",
  );
  expect(() => scheduleOf('PiecewiseConstantDecay', {boundaries: [1], values: [0.1, 'x']})).toThrow(
    'its learning rate\'s schedule needs numbers for values, got [0.1,"x"]',
  );
});
