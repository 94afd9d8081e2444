/** What a reader can set by hand, and the widget that it is set with. */
import {texts} from '../arguments/kinds';
import {checkArgument, type Kind} from '../arguments/schema';

/** `[min, max]` or `[min, max, step]` and a number are sliders, true and false a checkbox, a list of texts a menu, a text a field. */
export type Control =
  readonly [number, number] | readonly [number, number, number] | number | boolean | string | readonly string[];

/** By the name that the function gets each value under. */
export type Controls = Readonly<Record<string, Control>>;

/** What the function gets for each control. */
export type ControlValues<C extends Controls> = {
  -readonly [Name in keyof C]: C[Name] extends readonly (infer Item)[]
    ? Item extends string
      ? Item
      : number
    : C[Name] extends number
      ? number
      : C[Name] extends boolean
        ? boolean
        : string;
};

/** A control as a widget of ipywidgets'. */
export interface ControlWidget {
  /** The widget, as its view is called. */
  kind: string;
  /** What it starts from. */
  value: unknown;
  /** The state that its model begins with. */
  state: Record<string, unknown>;
  /** The value in what the browser sends; undefined when it isn't in it. */
  valueIn: (state: Record<string, unknown>) => unknown;
}

/** Where a slider for any numbers stops. */
const STEPS = 100;

const range: Kind = {
  expected: '[min, max] or [min, max, step], numbers that grow and a step that fits between them',
  fits: (value) => {
    const [min, max, step = max! - min!] = value as number[];
    const numbers = [min, max, step].every((one) => Number.isFinite(one));
    return numbers && (value as unknown[]).length <= 3 && min! < max! && step > 0 && step <= max! - min!;
  },
};

const control: Kind = {
  expected: '[min, max], [min, max, step], a number, true or false, a text or a list of texts',
  fits: (value) =>
    Number.isFinite(value) ||
    typeof value === 'boolean' ||
    typeof value === 'string' ||
    (Array.isArray(value) && value.length > 0 && (texts.fits(value) || value.every((one) => typeof one === 'number'))),
};

/** @throws CallError for what is no control, which names the control */
export function widgetFor(name: string, given: unknown): ControlWidget {
  checkArgument(name, given, control);
  if (typeof given === 'boolean') return plain('Checkbox', given, {indent: false});
  if (typeof given === 'string') return plain('Text', given, {});
  if (typeof given === 'number') return slider(...around(given), undefined, given);
  if (texts.fits(given)) return menu(given as string[]);
  checkArgument(name, given, range);
  const [min, max, step] = given as [number, number, number | undefined];
  return slider(min, max, step);
}

function plain(kind: string, value: unknown, state: Record<string, unknown>): ControlWidget {
  return {kind, value, state: {...state, value}, valueIn: (sent) => sent.value};
}

function menu(items: string[]): ControlWidget {
  return {
    kind: 'Dropdown',
    value: items[0],
    state: {_options_labels: items, index: 0},
    valueIn: ({index}) => (typeof index === 'number' ? items[index] : undefined),
  };
}

/** Whole numbers more than 1 apart go by 1; any others by hundredths of the way. It begins in the middle. */
function slider(min: number, max: number, given: number | undefined, start?: number): ControlWidget {
  const whole = Number.isInteger(min) && Number.isInteger(max) && max - min > 1;
  const step = given ?? (whole ? 1 : (max - min) / STEPS);
  const middle = min + step * Math.floor((max - min) / 2 / step);
  const digits = digitsOf(step, min);
  const value = start ?? Number(middle.toFixed(digits));
  return plain('FloatSlider', value, {min, max, step, readout_format: `.${digits}f`});
}

/** As ipywidgets has it: from as far below zero as the value is above it, to three times the value. */
function around(value: number): [min: number, max: number] {
  if (value === 0) return [0, 1];
  return value > 0 ? [-value, 3 * value] : [3 * value, -value];
}

/** Digits after the point that tell one stop of a slider from the next. */
function digitsOf(step: number, min: number): number {
  const needed = (number: number) => {
    for (let digits = 0; digits < 10; digits++) {
      if (Math.abs(Number(number.toFixed(digits)) - number) < step / STEPS) return digits;
    }
    return 10;
  };
  return Math.max(needed(step), needed(min));
}
