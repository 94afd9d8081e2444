import {publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';
import {type Controls, type ControlValues, type ControlWidget, widgetFor} from './controls';
import {type Bundle, findKernel, type Kernel, type LivePlace} from './kernel';
import {show} from './show';
import {VIEW_MIME, Widget} from './widgets';

/** What stands in the place of an output that a later drawing hasn't. */
const NOTHING: Bundle = {data: {'text/plain': ''}, metadata: {}};

/** The names of controls are shown whole, however long. */
const WHOLE_NAMES = {
  _view_module: '@jupyter-widgets/base',
  _view_name: 'StyleView',
  description_width: 'initial',
};

/**
 * Shows controls in the notebook, and below them what a function makes of their values; it is called again whenever the
 * reader moves one. What it returns, shows and prints is drawn in place. While one drawing is under way, the moves that come
 * are gathered: the next drawing is that of the newest values. In a saved notebook and an exported page, the last
 * drawing stays.
 *
 * @param controls By name: `[min, max]` or `[min, max, step]` is a slider that begins in the middle (its step is 1 between
 *   whole numbers more than 1 apart, else a hundredth of the way), a number a slider around it, true or false a
 *   checkbox, a list of texts a menu, a text a field.
 * @param draw Gets the values by the names of their controls. It may be async. What it throws later is shown in its place.
 * @returns A promise, settled when the first drawing is done. Outside a notebook the function is called once.
 * @throws Error for what is no control, and what the first drawing throws.
 * @example
 * interact({threshold: [0, 1]}, ({threshold}) => picture(probabilities.greater(threshold), 1));
 * interact({digit: [0, 9], inverted: false}, ({digit, inverted}) => show(picture(digitOf(digit), 1, {inverted})));
 */
export function interact<const C extends Controls>(
  controls: C,
  draw: (values: ControlValues<C>) => unknown,
): Promise<void> {
  return publicCall('interact', async () => {
    checkArguments<{controls: Controls; draw: object}>({controls, draw}, {controls: controlsKind, draw: drawKind});
    const widgets = Object.entries(controls).map(([name, given]) => [name, widgetFor(name, given)] as const);
    const values: Record<string, unknown> = Object.fromEntries(widgets.map(([name, {value}]) => [name, value]));
    const run = () => draw({...values} as ControlValues<C>);
    const kernel = findKernel();
    if (!kernel) {
      await run();
      return;
    }
    const drawing = new Drawing(kernel, run);
    showControls(kernel, widgets, (name, value) => {
      values[name] = value;
      return drawing.again();
    });
    await drawing.first();
  });
}

const controlsKind: Kind = {
  expected: 'an object with at least one control, such as {threshold: [0, 1]}',
  fits: (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0,
};

const drawKind: Kind = {expected: 'a function of the values', fits: (value) => typeof value === 'function'};

/** The controls one below the other, with a text for viewers that have no widgets. */
function showControls(
  kernel: Kernel,
  widgets: (readonly [name: string, ControlWidget])[],
  changed: (name: string, value: unknown) => Promise<void>,
): void {
  const style = new Widget(kernel, 'DescriptionStyle', WHOLE_NAMES).reference;
  const models = widgets.map(([name, {kind, state, valueIn}]) => {
    const model = new Widget(kernel, kind, {description: name, style, ...state});
    model.changed((sent) => {
      const value = valueIn(sent);
      return value === undefined ? undefined : changed(name, value);
    });
    return model;
  });
  const box = new Widget(kernel, 'VBox', {children: models.map(({reference}) => reference)});
  const text = widgets.map(([name, {value}]) => `${name}: ${String(value)}`).join('\n');
  kernel.display({data: {[VIEW_MIME]: box.view, 'text/plain': text}, metadata: {}});
}

/** The outputs of a function, drawn again in the places that they have. */
class Drawing {
  private readonly places: LivePlace[] = [];
  private underWay: Promise<void> | undefined;
  private stale = false;

  constructor(
    private readonly kernel: Kernel,
    private readonly run: () => unknown,
  ) {
    this.places.push(kernel.live());
  }

  /** @throws Error what the function throws */
  first(): Promise<void> {
    const first = this.call().then(({outputs, failure}) => {
      this.put(outputs);
      if (failure) throw failure.thrown;
    });
    const rest = () => this.catchUp();
    this.underWay = first.then(rest, rest);
    return first;
  }

  /** Draws the newest values, once for all the calls that come while a drawing is under way. */
  again(): Promise<void> {
    this.stale = true;
    return (this.underWay ??= this.catchUp());
  }

  private async catchUp(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      const {outputs, failure} = await this.call();
      this.put(failure ? [...outputs, failure.shown] : outputs);
    }
    this.underWay = undefined;
  }

  private call() {
    const {kernel, run} = this;
    return kernel.capture(async () => {
      const value = await run();
      // A text is said, not quoted as a cell's last value is.
      if (typeof value === 'string') show(value);
      else if (value !== undefined) kernel.display(await kernel.bundle(value));
    });
  }

  private put(outputs: Bundle[]): void {
    outputs.forEach((bundle, i) => {
      (this.places[i] ??= this.places[0]!.another()).update(bundle);
    });
    for (const place of this.places.slice(outputs.length)) place.update(NOTHING);
  }
}
