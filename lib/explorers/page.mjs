/**
 * What all explorers draw with. These files run in the page below the cell: `lib/src/explorers/script.ts` makes one
 * script of those that an explorer imports, without their imports and exports. They use nothing but the document that they are given.
 */

const SVG = 'http://www.w3.org/2000/svg';
export const INK = '#333333';
export const FAINT = '#767676';
export const LINE = '#8c8c8c';
export const BLUE = '#0072b2';
export const ORANGE = '#d55e00';
export const GREEN = '#009e73';

/** Adds an element of the drawing. */
export function draw(parent, name, attributes = {}, text = undefined) {
  const element = parent.ownerDocument.createElementNS(SVG, name);
  return add(parent, element, attributes, text);
}

/** Adds an element of the page, such as a button. */
export function put(parent, name, attributes = {}, text = undefined) {
  return add(parent, parent.ownerDocument.createElement(name), attributes, text);
}

function add(parent, element, attributes, text) {
  set(element, attributes);
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** The drawing, the row of controls below it, and the sentence that says what is seen, also to a screen reader. */
export function stage(root, {width, height, label}) {
  // JupyterLab would take the arrow keys for its own.
  set(root, {'data-lm-suppress-shortcuts': 'true'});
  const paper = put(root, 'div', {
    style:
      'background: #fff; color: #333; color-scheme: light; padding: 10px; display: inline-block; max-width: 100%; ' +
      'box-sizing: border-box; font: 13px sans-serif; border: 1px solid #ccc; border-radius: 4px',
  });
  const svg = draw(paper, 'svg', {
    xmlns: SVG,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'group',
    'aria-label': label,
    'font-family': 'sans-serif',
    style: 'display: block; max-width: 100%; height: auto; touch-action: none',
  });
  draw(svg, 'rect', {width, height, fill: '#ffffff'});
  const controls = put(paper, 'div', {style: 'display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center'});
  const sentence = put(paper, 'p', {'aria-live': 'polite', style: 'margin: 8px 0 0; min-height: 1.3em'});
  return {svg, controls, sentence};
}

/** Squares in rows, each to be coloured; a hairline around them. */
export function squares(parent, {left, top, rows, columns, side}) {
  const cells = [];
  for (let i = 0; i < rows * columns; i++) {
    const place = {x: left + (i % columns) * side, y: top + Math.floor(i / columns) * side};
    cells.push(draw(parent, 'rect', {...place, width: side, height: side, fill: '#ffffff'}));
  }
  draw(parent, 'rect', {
    x: left,
    y: top,
    width: columns * side,
    height: rows * side,
    fill: 'none',
    stroke: LINE,
    'stroke-width': 1,
  });
  return cells;
}

/** A line of text in the drawing; its middle at x, unless told. */
export function write(parent, x, y, text, attributes = {}) {
  return draw(parent, 'text', {x, y, 'text-anchor': 'middle', 'font-size': 13, fill: INK, ...attributes}, text);
}

/** 0 is black, 1 white. */
export function grey(value) {
  return shade([0, 0, 0], [255, 255, 255], Math.min(Math.max(value, 0), 1));
}

/** Negative numbers orange, 0 white, positive ones blue, the full colour at `most`. */
export function signed(value, most) {
  const share = most > 0 ? Math.min(Math.abs(value) / most, 1) : 0;
  return shade([255, 255, 255], value < 0 ? [213, 94, 0] : [0, 114, 178], share);
}

function shade(from, to, share) {
  return `rgb(${from.map((start, i) => Math.round(start + (to[i] - start) * share)).join(',')})`;
}

/** At most two decimals, with a true minus sign. */
export function number(value, digits = 2) {
  const text = String(Number(value.toFixed(digits)));
  return text.replace('-', text === '-0' ? '' : '−');
}

/** Where an arrow key leads from a place, within so many rows and columns; null for any other key. */
export function step(key, {row, column}, {rows, columns}) {
  const moves = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};
  const move = moves[key];
  if (key === 'Home') return {row: 0, column: 0};
  if (key === 'End') return {row: rows - 1, column: columns - 1};
  if (!move) return null;
  const within = (value, size) => Math.min(Math.max(value, 0), size - 1);
  return {row: within(row + move[0], rows), column: within(column + move[1], columns)};
}

/** A frame over squares that mouse, finger and arrow keys move; `moved` gets the place that was asked for. */
export function movable(svg, frame, {left, top, side, label}, {place, limits, moved}) {
  set(frame, {tabindex: 0, role: 'application', 'aria-label': label, style: 'cursor: move; outline-offset: 2px'});
  frame.addEventListener('keydown', (event) => {
    const next = step(event.key, place(), limits());
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    moved(next);
  });
  const follow = (event) => {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const x = (event.clientX - box.left) * scale - left;
    const y = (event.clientY - box.top) * scale - top;
    moved({row: Math.floor(y / side), column: Math.floor(x / side)}, true);
  };
  return follow;
}

export function button(parent, text, clicked) {
  const element = put(parent, 'button', {type: 'button', style: 'font: inherit; cursor: pointer'}, text);
  element.addEventListener('click', clicked);
  return element;
}

/** Buttons of which one is chosen. */
export function choice(controls, title, names, chosen, pick) {
  const group = put(controls, 'span', {role: 'group', 'aria-label': title, style: 'display: inline-flex; gap: 3px'});
  put(group, 'span', {style: 'align-self: center; margin-right: 2px'}, title);
  const buttons = names.map((name) =>
    button(group, name, () => {
      mark(name);
      pick(name);
    }),
  );
  const mark = (name) => {
    for (const each of buttons) {
      const pressed = each.textContent === name;
      set(each, {'aria-pressed': pressed});
      each.style.fontWeight = pressed ? 'bold' : 'normal';
    }
  };
  mark(chosen);
  return mark;
}
