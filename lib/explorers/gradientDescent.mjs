/** One weight, the loss that it causes, and a dot that walks downhill. */
import {BLUE, button, choice, draw, FAINT, number, ORANGE, set, stage, write} from './page.mjs';

/** The mean of the squared errors of `weight * x` against y. */
export function loss(weight, x, y) {
  return x.reduce((sum, value, i) => sum + (weight * value - y[i]) ** 2, 0) / x.length;
}

/** Its slope: how fast the loss grows when the weight grows. */
export function gradient(weight, x, y) {
  return x.reduce((sum, value, i) => sum + 2 * value * (weight * value - y[i]), 0) / x.length;
}

/** The weights on the way: each is the one before, less learning rate times gradient. */
export function descend(weight, learningRate, steps, x, y) {
  const path = [weight];
  for (let i = 0; i < steps; i++) path.push(path[i] - learningRate * gradient(path[i], x, y));
  return path;
}

/** Round numbers from low to high: three to seven of them, 1, 2 or 5 apart, or ten times as much, or a tenth … */
export function ticks(low, high) {
  const size = 10 ** Math.floor(Math.log10((high - low) / 3));
  const apart = [5, 2, 1].find((times) => (high - low) / (times * size) >= 3) * size;
  const first = Math.ceil(low / apart);
  return Array.from({length: Math.floor(high / apart) - first + 1}, (_, i) => (first + i) * apart);
}

/** @param {{x: number[], y: number[], xTitle: string, yTitle: string, weight: number, rates: Record<string, number>, rate: string}} data */
export function mount(root, data) {
  const {x, y} = data;
  const best = x.reduce((sum, value, i) => sum + value * y[i], 0) / x.reduce((sum, value) => sum + value * value, 0);
  const reach = Math.max(Math.abs(data.weight - best) * 1.5, 1);
  const [low, high] = [best - reach, best + reach];
  const top = loss(low, x, y);
  const curve = {left: 64, top: 16, width: 360, height: 220};
  const plot = {left: 496, top: 16, width: 204, height: 220};
  const {svg, controls, sentence} = stage(root, {
    width: 720,
    height: 284,
    label: 'A dot walks down the curve of the loss',
  });
  const across = (weight) => curve.left + ((weight - low) / (high - low)) * curve.width;
  const up = (value) => curve.top + curve.height - (value / top) * (curve.height - 12);
  const axes = (box, horizontal, vertical) => {
    const corner = box.top + box.height;
    draw(svg, 'path', {
      d: `M${box.left} ${box.top}V${corner}H${box.left + box.width}`,
      fill: 'none',
      stroke: FAINT,
    });
    write(svg, box.left + box.width / 2, corner + 36, horizontal);
    write(svg, box.left - 46, box.top + box.height / 2, vertical, {
      transform: `rotate(-90 ${box.left - 46} ${box.top + box.height / 2})`,
    });
  };
  const small = {'font-size': 11, fill: FAINT};
  const ticksBelow = (box, low, high, place) => {
    for (const tick of ticks(low, high)) write(svg, place(tick), box.top + box.height + 16, number(tick, 6), small);
  };
  const ticksBeside = (box, high, place) => {
    for (const tick of ticks(0, high)) {
      write(svg, box.left - 6, place(tick) + 4, number(tick, 6), {...small, 'text-anchor': 'end'});
    }
  };
  axes(curve, 'weight', 'loss');
  axes(plot, data.xTitle, data.yTitle);
  const dots = Array.from({length: 81}, (_, i) => low + ((high - low) * i) / 80);
  draw(svg, 'polyline', {
    points: dots.map((weight) => `${across(weight)},${up(loss(weight, x, y))}`).join(' '),
    fill: 'none',
    stroke: '#b3b3b3',
    'stroke-width': 2,
  });
  ticksBelow(curve, low, high, across);
  ticksBeside(curve, top, up);
  const [right, above] = [Math.max(...x) * 1.1, Math.max(...y) * 1.15];
  const px = (value) => plot.left + (value / right) * plot.width;
  const py = (value) => plot.top + plot.height - (value / above) * plot.height;
  ticksBelow(plot, 0, right, px);
  ticksBeside(plot, above, py);
  x.forEach((value, i) => draw(svg, 'circle', {cx: px(value), cy: py(y[i]), r: 4, fill: BLUE}));
  const clip = draw(svg, 'svg', {x: plot.left, y: plot.top, width: plot.width, height: plot.height});
  const line = draw(clip, 'line', {x1: 0, y1: plot.height, stroke: ORANGE, 'stroke-width': 2});
  const trail = draw(svg, 'polyline', {fill: 'none', stroke: ORANGE, 'stroke-opacity': 0.6});
  const marks = draw(svg, 'g');
  const slope = draw(svg, 'line', {stroke: '#333', 'stroke-dasharray': '4 3'});
  const dot = draw(svg, 'circle', {r: 7, fill: ORANGE, stroke: '#fff', 'stroke-width': 1.5});

  let rate = data.rates[data.rate];
  let path = [data.weight];
  let timer;

  function paint() {
    // A path that leaves the picture stays at its edge.
    const within = (value, from, to) => Math.min(Math.max(value, from), to);
    const at = (weight) => [
      within(across(weight), curve.left, curve.left + curve.width),
      within(up(loss(weight, x, y)), curve.top, curve.top + curve.height),
    ];
    const weight = path[path.length - 1];
    set(trail, {points: path.map((each) => at(each).join(',')).join(' ')});
    marks.textContent = '';
    for (const each of path.slice(0, -1)) {
      const [cx, cy] = at(each);
      draw(marks, 'circle', {cx, cy, r: 3.5, fill: ORANGE, 'fill-opacity': 0.55});
    }
    const [cx, cy] = at(weight);
    set(dot, {cx, cy});
    const lean = (-gradient(weight, x, y) * (curve.height - 12)) / top / (curve.width / (high - low));
    const half = 34 / Math.hypot(1, lean);
    set(slope, {x1: cx - half, y1: cy - half * lean, x2: cx + half, y2: cy + half * lean});
    set(line, {x2: plot.width, y2: plot.height - ((weight * right) / above) * plot.height});
    sentence.textContent =
      `Step ${path.length - 1}: weight ${number(weight, 3)}, loss ${number(loss(weight, x, y), 3)}, ` +
      `gradient ${number(gradient(weight, x, y), 3)}; the next step is −${number(rate, 3)} × gradient = ` +
      `${number(-rate * gradient(weight, x, y), 3)}.`;
  }

  const walk = () => {
    path = descend(data.weight, rate, Math.min(path.length, 40), x, y);
    paint();
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const restart = () => {
    stop();
    path = [data.weight];
    paint();
  };
  choice(controls, 'learning rate:', Object.keys(data.rates), data.rate, (name) => {
    rate = data.rates[name];
    restart();
  });
  button(controls, 'One step', () => {
    stop();
    walk();
  });
  button(controls, 'Twenty steps', () => {
    restart();
    timer = setInterval(() => {
      if (!root.isConnected || path.length > 20) return stop();
      walk();
    }, 200);
  });
  button(controls, 'Start again', restart);
  // A start that shows something: three steps.
  path = descend(data.weight, rate, 3, x, y);
  paint();
}
