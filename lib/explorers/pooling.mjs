/** A square of 2 × 2 that steps over a feature map: of four numbers one remains. */
import {choice, draw, FAINT, GREEN, movable, number, set, signed, squares, stage, write} from './page.mjs';

const POOL = 2;

/** The four numbers below the square at a place of the result. */
export function squareAt({pixels, width}, {row, column}) {
  return Array.from(
    {length: POOL * POOL},
    (_, i) => pixels[(row * POOL + Math.floor(i / POOL)) * width + column * POOL + (i % POOL)],
  );
}

export const KINDS = {
  max: (values) => Math.max(...values),
  average: (values) => values.reduce((total, value) => total + value, 0) / values.length,
};

/** The whole result, as `tf.maxPool` and `tf.avgPool` make it: an odd last row or column is left out. */
export function pool(image, kind) {
  const rows = Math.floor(image.height / POOL);
  const columns = Math.floor(image.width / POOL);
  const values = Array.from({length: rows * columns}, (_, i) =>
    KINDS[kind](squareAt(image, {row: Math.floor(i / columns), column: i % columns})),
  );
  return {rows, columns, values};
}

/** @param {{pixels: number[], height: number, width: number, row: number, column: number}} data */
export function mount(root, data) {
  const side = Math.max(4, Math.min(9, Math.floor(252 / Math.max(data.height, data.width))));
  const input = {left: 12, top: 30, rows: data.height, columns: data.width, side};
  const middle = {left: input.left + side * data.width + 28, top: 30, box: 62};
  let result = pool(data, 'max');
  const output = {
    left: middle.left + POOL * middle.box + 36,
    top: 30,
    rows: result.rows,
    columns: result.columns,
    side,
  };
  const width = output.left + side * Math.max(result.columns, 14) + 24;
  const height = 30 + Math.max(side * data.height, POOL * middle.box + 50) + 12;
  const {svg, controls, sentence} = stage(root, {
    width,
    height,
    label: 'A square of two by two steps over a feature map',
  });
  const place = {row: data.row, column: data.column};
  let kind = 'max';

  const most = Math.max(...data.pixels.map(Math.abs), 1e-9);
  write(svg, input.left + (side * data.width) / 2, 20, `feature map, ${data.height} × ${data.width}`);
  write(svg, middle.left + middle.box, 20, 'four numbers');
  write(svg, output.left, 20, `after pooling, ${result.rows} × ${result.columns}`, {'text-anchor': 'start'});
  squares(svg, input).forEach((cell, i) => set(cell, {fill: signed(data.pixels[i], most)}));
  const boxes = Array.from({length: POOL * POOL}, (_, i) => {
    const x = middle.left + (i % POOL) * middle.box;
    const y = middle.top + Math.floor(i / POOL) * middle.box;
    const box = draw(svg, 'rect', {x, y, width: middle.box, height: middle.box, stroke: FAINT});
    return {box, text: write(svg, x + middle.box / 2, y + 37, '', {'font-size': 16})};
  });
  const remains = write(svg, middle.left + middle.box, middle.top + POOL * middle.box + 30, '', {
    'font-size': 16,
    'font-weight': 'bold',
  });
  const cells = squares(svg, output);
  const target = draw(svg, 'rect', {width: side, height: side, fill: 'none', stroke: '#000', 'stroke-width': 2});
  const frame = draw(svg, 'rect', {
    width: POOL * side,
    height: POOL * side,
    fill: GREEN,
    'fill-opacity': 0.12,
    stroke: GREEN,
    'stroke-width': 2.5,
  });

  function paint() {
    cells.forEach((cell, i) => set(cell, {fill: signed(result.values[i], most)}));
    const values = squareAt(data, place);
    const value = KINDS[kind](values);
    const kept = kind === 'max' ? values.indexOf(value) : -1;
    boxes.forEach(({box, text}, i) => {
      set(box, {fill: signed(values[i], most), 'fill-opacity': 0.6});
      text.textContent = number(values[i]);
      set(text, {'font-weight': i === kept ? 'bold' : 'normal'});
    });
    remains.textContent = `${kind}: ${number(value)}`;
    set(frame, {x: input.left + place.column * POOL * side, y: input.top + place.row * POOL * side});
    set(target, {x: output.left + place.column * side, y: output.top + place.row * side});
    sentence.textContent = `Row ${place.row}, column ${place.column} of the result: of ${values
      .map((each) => number(each))
      .join(', ')} ${kind === 'max' ? 'the largest is' : 'the average is'} ${number(value)}.`;
  }

  function goTo({row, column}) {
    place.row = Math.min(Math.max(row, 0), result.rows - 1);
    place.column = Math.min(Math.max(column, 0), result.columns - 1);
    paint();
  }

  const follow = movable(
    svg,
    frame,
    {left: input.left, top: input.top, side: POOL * side, label: 'The square: arrow keys move it'},
    {place: () => place, limits: () => ({rows: result.rows, columns: result.columns}), moved: goTo},
  );
  for (const event of ['pointerdown', 'pointermove']) {
    svg.addEventListener(event, (pointer) => {
      const box = svg.getBoundingClientRect();
      const x = ((pointer.clientX - box.left) * width) / box.width;
      const inside = x >= input.left && x < input.left + side * data.width;
      if (inside && (pointer.pointerType === 'mouse' || pointer.buttons > 0)) follow(pointer);
    });
  }
  choice(controls, 'keep', ['max', 'average'], 'max', (name) => {
    kind = name;
    result = pool(data, kind);
    paint();
  });
  paint();
}
