import {Drawing} from './drawing';
import {unpack, type Answer, type PackedModel} from './network';
import {drawGrey, drawMaps} from './pictures';
import {SIDE, toMnist} from './prepare';

interface PageData {
  model: PackedModel;
  /** One picture of the test set for each digit: 28 × 28 bytes each, as base64. */
  examples: string;
}

const MAPS_IN_A_ROW = 8;
/** How each layer is called on the page, by the kind that its name begins with. */
const KINDS: [start: string, title: string][] = [
  ['conv', 'Convolution'],
  ['max_pooling', 'Max pooling'],
  ['dense', 'Dense: the numbers before the last layer'],
];

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element ${id}`);
  return found;
}

function canvas(id: string): HTMLCanvasElement {
  return element(id) as HTMLCanvasElement;
}

async function main(): Promise<void> {
  const {model, examples} = JSON.parse(element('data').textContent) as PageData;
  const ask = await unpack(model);
  const empty = new Float32Array(SIDE * SIDE);
  const layers = makeLayers(ask(empty));
  const rows = makeRows();

  const show = (picture: Float32Array | undefined): void => {
    const answer = ask(picture ?? empty);
    drawGrey(canvas('seen'), {values: picture ?? empty, width: SIDE, height: SIDE});
    answer.layers.forEach((layer, i) => {
      const values = picture ? layer.values : new Float32Array(layer.values.length);
      drawMaps(layers[i]!, {...layer, values}, layer.height > 1 ? MAPS_IN_A_ROW : layer.maps);
    });
    showProbabilities(rows, picture ? answer.probabilities : undefined);
  };

  const undo = element('undo') as HTMLButtonElement;
  let waiting = false;
  const drawing = new Drawing(canvas('drawing'), () => {
    undo.disabled = drawing.isEmpty;
    element('hint').hidden = !drawing.isEmpty;
    if (waiting) return;
    waiting = true;
    // Once a frame at most, however fast the pen is.
    requestAnimationFrame(() => {
      waiting = false;
      show(toMnist(drawing.ink()));
    });
  });
  element('clear').addEventListener('click', () => {
    drawing.clear();
  });
  undo.addEventListener('click', () => {
    drawing.undo();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') drawing.clear();
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) drawing.undo();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    drawing.redraw();
  });
  makeExamples(examples, (picture) => {
    drawing.clear();
    element('hint').hidden = true;
    // After the frame in which the empty drawing is shown.
    requestAnimationFrame(() => {
      show(picture);
    });
  });
  drawing.redraw();
  document.body.dataset.ready = '';
}

/** A button for each digit of the test set. */
function makeExamples(packed: string, onChoice: (picture: Float32Array) => void): void {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  for (let start = 0, digit = 0; start < bytes.length; start += SIDE * SIDE, digit++) {
    const button = element('examples').appendChild(document.createElement('button'));
    button.type = 'button';
    button.textContent = String(digit);
    button.ariaLabel = `a ${digit} from the test set`;
    button.addEventListener('click', () => {
      onChoice(Float32Array.from(bytes.subarray(start, start + SIDE * SIDE), (value) => value / 255));
    });
  }
}

/** A figure for each layer, with a canvas that is drawn anew for every answer. */
function makeLayers({layers}: Answer): HTMLCanvasElement[] {
  return layers.map(({name, maps: count, height, width}) => {
    const figure = element('layers').appendChild(document.createElement('figure'));
    if (height === 1) figure.className = 'row';
    const caption = figure.appendChild(document.createElement('figcaption'));
    const [, kind = name] = KINDS.find(([start]) => name.startsWith(start)) ?? [];
    const size = height > 1 ? `${count} maps of ${height} × ${width}` : `${count} numbers`;
    caption.append(kind, Object.assign(document.createElement('small'), {textContent: size}));
    const maps = figure.appendChild(document.createElement('canvas'));
    maps.role = 'img';
    maps.ariaLabel = `${kind}, ${size}: bright where the layer found something`;
    return maps;
  });
}

interface Row {
  item: HTMLElement;
  share: HTMLElement;
}

/** A bar for each digit. */
function makeRows(): Row[] {
  return Array.from({length: 10}, (_, digit) => {
    const item = element('probabilities').appendChild(document.createElement('li'));
    const name = item.appendChild(document.createElement('b'));
    name.textContent = String(digit);
    item.appendChild(document.createElement('span')).className = 'bar';
    const share = item.appendChild(document.createElement('span'));
    share.className = 'share';
    return {item, share};
  });
}

function showProbabilities(rows: Row[], probabilities: Float32Array | undefined): void {
  const values = Array.from(probabilities ?? rows.map(() => 0));
  const best = values.indexOf(Math.max(...values));
  rows.forEach(({item, share}, digit) => {
    const value = values[digit]!;
    item.style.setProperty('--share', String(value));
    item.classList.toggle('best', probabilities !== undefined && digit === best);
    share.textContent = probabilities ? percent(value) : '–';
  });
  element('digit').textContent = probabilities ? String(best) : '?';
  element('sureness').textContent = probabilities ? `with ${percent(values[best]!)}` : 'Nothing drawn yet';
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

main().catch((error: unknown) => {
  element('sureness').textContent = `This page can't work here: ${String(error)}`;
  throw error;
});
