/** Scores, their powers of e, and the shares of the sum: probabilities. */
import {BLUE, draw, FAINT, GREEN, number, put, set, stage, write} from './page.mjs';

/** Shares that add up to 1. The largest score is subtracted from all, which changes no share and keeps e's powers finite. */
export function softmax(scores) {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

const LIMIT = 6;

/** @param {{scores: number[], names: string[]}} data */
export function mount(root, data) {
  const scores = [...data.scores];
  const [row, bar] = [44, 170];
  const width = 690;
  const height = 40 + row * scores.length + 30;
  const {svg, controls, sentence} = stage(root, {width, height, label: 'Softmax turns scores into probabilities'});
  const columns = {name: 12, score: 150, power: 330, share: 430};
  for (const [x, text] of [
    [columns.score, 'score'],
    [columns.power, 'e to its power'],
    [columns.share + bar / 2, 'share of the sum: the probability'],
  ]) {
    write(svg, x, 22, text, {fill: FAINT});
  }
  const scale = (score) => (score / LIMIT) * 60;
  draw(svg, 'line', {x1: columns.score, x2: columns.score, y1: 32, y2: 36 + row * scores.length, stroke: '#ccc'});
  const lines = scores.map((_, i) => {
    const y = 40 + i * row;
    write(svg, columns.name, y + 20, data.names[i], {'text-anchor': 'start', 'font-weight': 'bold'});
    return {
      score: draw(svg, 'rect', {y: y + 6, height: 20, fill: BLUE}),
      scoreText: write(svg, columns.score + 92, y + 20, ''),
      power: write(svg, columns.power, y + 20, ''),
      share: draw(svg, 'rect', {x: columns.share, y: y + 6, height: 20, fill: GREEN}),
      shareText: write(svg, 0, y + 20, '', {'text-anchor': 'start', 'font-weight': 'bold'}),
    };
  });
  const total = write(svg, columns.power, 40 + row * scores.length + 12, '', {'font-weight': 'bold'});
  const ones = write(svg, columns.share, 40 + row * scores.length + 12, '', {'text-anchor': 'start'});

  function paint() {
    const shares = softmax(scores);
    lines.forEach((line, i) => {
      const length = scale(scores[i]);
      set(line.score, {x: columns.score + Math.min(length, 0), width: Math.abs(length)});
      line.scoreText.textContent = number(scores[i], 1);
      line.power.textContent = number(Math.exp(scores[i]), 3);
      set(line.share, {width: Math.max(shares[i] * bar, 0.5)});
      set(line.shareText, {x: columns.share + shares[i] * bar + 6});
      line.shareText.textContent = `${number(100 * shares[i], 1)} %`;
    });
    total.textContent = `sum ${number(
      scores.reduce((sum, score) => sum + Math.exp(score), 0),
      3,
    )}`;
    ones.textContent = 'together 100 %';
    sentence.textContent = data.names.map((name, i) => `${name}: ${number(100 * shares[i], 1)} %`).join(', ') + '.';
  }

  scores.forEach((score, i) => {
    const label = put(controls, 'label', {style: 'display: inline-flex; gap: 6px; align-items: center'}, data.names[i]);
    const slider = put(label, 'input', {type: 'range', min: -LIMIT, max: LIMIT, step: 0.1, value: score});
    const changed = () => {
      scores[i] = slider.valueAsNumber;
      paint();
    };
    slider.addEventListener('input', changed);
    // Pages that take arrow keys for their own, as JupyterLab does, would leave the slider where it is.
    slider.addEventListener('keydown', (event) => {
      const steps = {ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1}[event.key];
      if (!steps) return;
      event.preventDefault();
      event.stopPropagation();
      slider.stepUp(steps);
      changed();
    });
  });
  paint();
}
