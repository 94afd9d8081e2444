/** A filter of 3 × 3 that slides over a picture: its nine products, their sum, and the feature map that they fill. */
import {convolve, KERNEL, placesAlong, PRESETS, products, sum, windowAt} from './convolve.mjs';
import {
  BLUE,
  button,
  choice,
  draw,
  FAINT,
  GREEN,
  grey,
  movable,
  number,
  put,
  set,
  signed,
  squares,
  stage,
  write,
} from './page.mjs';

/** @param {{pixels: number[], height: number, width: number, weights: number[], row: number, column: number}} data */
export function mount(root, data) {
  const side = Math.max(4, Math.min(9, Math.floor(252 / Math.max(data.height, data.width))));
  const picture = {left: 12, top: 30, rows: data.height, columns: data.width, side};
  const middle = {left: picture.left + side * data.width + 28, top: 30, box: 62};
  const map = {left: middle.left + KERNEL * middle.box + 28, top: 30, side};
  const width = map.left + side * data.width + 12;
  const height = 30 + Math.max(side * data.height, KERNEL * middle.box + 62) + 26;
  const {svg, controls, sentence} = stage(root, {
    width,
    height,
    label: 'A filter of three by three weights slides over a picture',
  });

  const state = {weights: [...data.weights], stride: 1, padding: 'valid', relu: false};
  const place = {row: data.row, column: data.column};
  let result;
  /** The places that the filter has visited. */
  let seen = [];
  let timer;

  write(svg, picture.left + (side * data.width) / 2, 20, `picture, ${data.height} × ${data.width}`);
  write(svg, middle.left + 1.5 * middle.box, 20, 'pixel × weight');
  const mapTitle = write(svg, map.left + (side * data.width) / 2, 20, '');
  squares(svg, picture).forEach((cell, i) => set(cell, {fill: grey(data.pixels[i])}));
  const boxes = Array.from({length: KERNEL * KERNEL}, (_, i) => {
    const x = middle.left + (i % KERNEL) * middle.box;
    const y = middle.top + Math.floor(i / KERNEL) * middle.box;
    const box = draw(svg, 'rect', {x, y, width: middle.box, height: middle.box, stroke: FAINT, fill: '#fff'});
    const term = write(svg, x + middle.box / 2, y + 24, '', {'font-size': 11});
    const product = write(svg, x + middle.box / 2, y + 46, '', {'font-size': 15, 'font-weight': 'bold'});
    return {box, term, product};
  });
  const total = write(svg, middle.left + 1.5 * middle.box, middle.top + 3 * middle.box + 30, '', {
    'font-size': 17,
    'font-weight': 'bold',
    fill: BLUE,
  });
  write(svg, middle.left + 1.5 * middle.box, middle.top + 3 * middle.box + 50, 'the sum goes to the feature map →', {
    'font-size': 11,
    fill: FAINT,
  });
  const mapGroup = draw(svg, 'g');
  let cells = [];
  const target = draw(svg, 'rect', {width: side, height: side, fill: 'none', stroke: '#000', 'stroke-width': 2});
  const frame = draw(svg, 'rect', {
    width: KERNEL * side,
    height: KERNEL * side,
    fill: GREEN,
    'fill-opacity': 0.12,
    stroke: GREEN,
    'stroke-width': 2.5,
  });

  const shown = (value) => (state.relu ? Math.max(value, 0) : value);
  const limits = () => ({rows: result.rows, columns: result.columns});
  const before = (size) => placesAlong(size, state.stride, state.padding).before;

  function paintMap() {
    const most = Math.max(...result.values.map((value) => Math.abs(shown(value))), 1e-9);
    cells.forEach((cell, i) => set(cell, {fill: seen[i] ? signed(shown(result.values[i]), most) : '#eeeeee'}));
  }

  function paintWindow() {
    const pixels = windowAt(data, place, state);
    const terms = products(pixels, state.weights);
    const most = Math.max(...terms.map(Math.abs), 1e-9);
    boxes.forEach(({box, term, product}, i) => {
      set(box, {fill: signed(terms[i], most * 2)});
      term.textContent = `${number(pixels[i])} × ${number(state.weights[i])}`;
      product.textContent = number(terms[i]);
    });
    const value = sum(terms);
    total.textContent = `sum ${number(value)}` + (state.relu ? `, relu ${number(shown(value))}` : '');
    const y = picture.top + (place.row * state.stride - before(data.height)) * side;
    const x = picture.left + (place.column * state.stride - before(data.width)) * side;
    set(frame, {x, y});
    set(target, {x: map.left + place.column * side, y: map.top + place.row * side});
    sentence.textContent =
      `Row ${place.row}, column ${place.column} of the feature map: the nine products add up to ${number(value)}` +
      (state.relu && value < 0 ? ', which relu makes 0.' : '.');
  }

  /** After a change of the weights or of the way to slide. */
  function recalculate(resized) {
    result = convolve(data, state.weights, state);
    if (resized) {
      mapGroup.textContent = '';
      cells = squares(mapGroup, {left: map.left, top: map.top, rows: result.rows, columns: result.columns, side});
      mapTitle.textContent = `feature map, ${result.rows} × ${result.columns}`;
      place.row = Math.min(place.row, result.rows - 1);
      place.column = Math.min(place.column, result.columns - 1);
    }
    paintMap();
    paintWindow();
  }

  function goTo({row, column}) {
    place.row = Math.min(Math.max(row, 0), result.rows - 1);
    place.column = Math.min(Math.max(column, 0), result.columns - 1);
    const i = place.row * result.columns + place.column;
    if (!seen[i]) {
      seen[i] = true;
      paintMap();
    }
    paintWindow();
  }

  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    slide.textContent = 'Slide over all';
  };
  const follow = movable(
    svg,
    frame,
    {left: picture.left, top: picture.top, side, label: 'The filter: arrow keys move it'},
    {
      place: () => place,
      limits,
      moved: (next, byMouse) => {
        stop();
        const centred = (at, size) => Math.round((at + before(size) - 1) / state.stride);
        goTo(byMouse ? {row: centred(next.row, data.height), column: centred(next.column, data.width)} : next);
      },
    },
  );
  for (const kind of ['pointerdown', 'pointermove']) {
    svg.addEventListener(kind, (event) => {
      const box = svg.getBoundingClientRect();
      const x = ((event.clientX - box.left) * width) / box.width;
      const inside = x >= picture.left && x < picture.left + side * data.width;
      if (inside && (event.pointerType === 'mouse' || event.buttons > 0)) follow(event);
    });
  }

  const markPreset = choice(controls, 'filter:', Object.keys(PRESETS), 'left edge', (name) => {
    state.weights = [...PRESETS[name]];
    fields.forEach((field, i) => {
      field.value = String(Number(state.weights[i].toFixed(2)));
    });
    recalculate(false);
  });
  const table = put(controls, 'span', {
    role: 'group',
    'aria-label': 'weights',
    style: 'display: grid; grid-template-columns: repeat(3, 4.2em); gap: 2px',
  });
  const fields = state.weights.map((weight, i) => {
    const field = put(table, 'input', {
      type: 'number',
      step: 0.5,
      value: Number(weight.toFixed(2)),
      'aria-label': `weight in row ${Math.floor(i / KERNEL)}, column ${i % KERNEL}`,
      style: 'width: 4.2em; box-sizing: border-box; font: inherit',
    });
    field.addEventListener('input', () => {
      state.weights[i] = Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : 0;
      markPreset('');
      recalculate(false);
    });
    return field;
  });
  const slide = button(controls, 'Slide over all', () => {
    if (timer !== undefined) return stop();
    seen = [];
    paintMap();
    let i = 0;
    slide.textContent = 'Stop';
    timer = setInterval(() => {
      // Gone from the page: the cell was run again.
      if (!root.isConnected || i >= result.values.length) return stop();
      goTo({row: Math.floor(i / result.columns), column: i % result.columns});
      i++;
    }, 25);
  });
  button(controls, 'Show all', () => {
    stop();
    seen = result.values.map(() => true);
    paintMap();
  });
  const resize = (change) => {
    Object.assign(state, change);
    result = convolve(data, state.weights, state);
    seen = result.values.map(() => true);
    recalculate(true);
  };
  choice(controls, 'stride', ['1', '2'], '1', (name) => resize({stride: Number(name)}));
  choice(controls, 'padding', ['valid', 'same'], 'valid', (name) => resize({padding: name}));
  choice(controls, 'relu', ['off', 'on'], 'off', (name) => {
    state.relu = name === 'on';
    recalculate(false);
  });

  result = convolve(data, state.weights, state);
  // As if the filter had come here line by line.
  seen = result.values.map((_, i) => i <= place.row * result.columns + place.column);
  recalculate(true);
  if (!Object.values(PRESETS).some((preset) => String(preset) === String(data.weights))) markPreset('');
}
