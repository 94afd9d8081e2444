import type {Figure} from './figure';

/**
 * The same figure with its titles as plotly.js wants them since its version 3: `{text: 'epoch'}` where most examples, and
 * plotly.js before, have `'epoch'`, and `{font, side}` inside instead of `titlefont` and `titleside` beside. It would leave
 * the old kind out without a word.
 *
 * https://github.com/plotly/plotly.js/blob/master/CHANGELOG.md, version 3.0.0
 */
export function withTitles({data, layout, ...rest}: Figure): Figure {
  return {...rest, data: data.map(renamed), layout: renamed(layout)};
}

/** Lists are data, and hold no titles. */
function renamed(attributes: Record<string, unknown>): Record<string, unknown> {
  const {titlefont: font, titleside: side, ...others} = attributes;
  const result = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, isPlainObject(value) ? renamed(value) : value]),
  );
  if (typeof result.title === 'string') result.title = {text: result.title};
  const beside = Object.fromEntries(Object.entries({font, side}).filter(([, value]) => value !== undefined));
  if (Object.keys(beside).length > 0) result.title = {...beside, ...(isPlainObject(result.title) ? result.title : {})};
  return result;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
