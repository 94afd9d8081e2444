import {createCanvas} from '../native/canvas';
import type {DOMWindow} from 'jsdom';

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
type Point = readonly [x: number, y: number];
type Measure = (element: Element, text: string) => number;

/** plotly.js sets lines of text 1.3 times the font size apart. */
const LINE_SPACING = 1.3;
/** Height of a line and of its part above the baseline, in font sizes: about right for any text font. */
const LINE_HEIGHT = 1.2;
const ASCENT = 0.93;

/**
 * Gives jsdom's SVG elements the sizes that a browser would know: text is measured with the fonts that will draw it,
 * so that plotly.js leaves room for every label. Only text is measured: plotly.js knows its other shapes itself.
 */
export function installTextMeasures(window: DOMWindow): void {
  const context = createCanvas(1, 1).getContext('2d');
  const measure: Measure = (element, text) => {
    context.font = fontOf(element);
    return context.measureText(text).width;
  };
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: Element) {
      return rectangle(textBoxes(this, this, measure));
    },
    getBoundingClientRect(this: Element) {
      return rectangle(textBoxes(this, null, measure));
    },
    getComputedTextLength(this: Element) {
      return lineWidth(this, measure);
    },
  });
}

/** The boxes of all text in an element, in the coordinates of `frame` (null: of the page). */
function textBoxes(element: Element, frame: Element | null, measure: Measure): Box[] {
  const texts = element.tagName === 'text' ? [element] : Array.from(element.querySelectorAll('text'));
  return texts.map((text) => {
    const {left, top, right, bottom} = textBox(text, measure);
    const corners: Point[] = [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ];
    const moved = corners.map((corner) => toFrame(corner, text, frame));
    const xs = moved.map(([x]) => x);
    const ys = moved.map(([, y]) => y);
    return {left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys)};
  });
}

function rectangle(boxes: Box[]): object {
  const at = boxes.length > 0 ? boxes : [{left: 0, top: 0, right: 0, bottom: 0}];
  const left = Math.min(...at.map((box) => box.left));
  const top = Math.min(...at.map((box) => box.top));
  const right = Math.max(...at.map((box) => box.right));
  const bottom = Math.max(...at.map((box) => box.bottom));
  return {x: left, y: top, left, top, right, bottom, width: right - left, height: bottom - top};
}

/** A text element's box before any transformation. */
function textBox(text: Element, measure: Measure): Box {
  const lines = Array.from(text.querySelectorAll('tspan.line'));
  const width = Math.max(...(lines.length > 0 ? lines : [text]).map((line) => lineWidth(line, measure)));
  const size = parseFloat(inherited(text, 'font-size')) || 12;
  const anchor = inherited(text, 'text-anchor');
  const left = Number(text.getAttribute('x') ?? 0) - width * (anchor === 'middle' ? 0.5 : anchor === 'end' ? 1 : 0);
  const top = Number(text.getAttribute('y') ?? 0) - size * ASCENT;
  const height = size * (LINE_HEIGHT + LINE_SPACING * (Math.max(lines.length, 1) - 1));
  return {left, top, right: left + width, bottom: top + height};
}

/** A line may change its font on the way: `<b>`, `<sup>` and so on become tspans of their own. */
function lineWidth(line: Element, measure: Measure): number {
  let width = 0;
  for (const node of Array.from(line.childNodes)) {
    width += node.nodeType === 1 ? lineWidth(node as Element, measure) : measure(line, node.textContent ?? '');
  }
  return width;
}

function fontOf(element: Element): string {
  const size = parseFloat(inherited(element, 'font-size')) || 12;
  const weight = inherited(element, 'font-weight') || 'normal';
  const style = inherited(element, 'font-style') || 'normal';
  return `${style} ${weight} ${size}px ${inherited(element, 'font-family') || 'sans-serif'}`;
}

/** plotly.js writes fonts into style attributes, so the nearest one up the tree counts: no stylesheet to consult. */
function inherited(element: Element, property: string): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = (at as SVGElement).style.getPropertyValue(property) || at.getAttribute(property);
    if (value) return value;
  }
  return '';
}

/** Takes a point from an element's own coordinates to those of one of its ancestors. */
function toFrame(point: Point, element: Element, frame: Element | null): Point {
  let moved = point;
  for (let at: Element | null = element; at && at !== frame; at = at.parentElement) {
    // SVG applies the rightmost transformation first.
    const steps = [...(at.getAttribute('transform') ?? '').matchAll(/(translate|rotate|scale)\(([^)]*)\)/g)].reverse();
    for (const [, name, list] of steps) moved = transform(moved, name!, list!.split(/[\s,]+/).map(Number));
  }
  return moved;
}

function transform([x, y]: Point, name: string, [a = 0, b, c = 0]: number[]): Point {
  if (name === 'translate') return [x + a, y + (b ?? 0)];
  if (name === 'scale') return [x * a, y * (b ?? a)];
  const centre: Point = [b ?? 0, c];
  const sin = Math.sin((a * Math.PI) / 180);
  const cos = Math.cos((a * Math.PI) / 180);
  const dx = x - centre[0];
  const dy = y - centre[1];
  return [centre[0] + dx * cos - dy * sin, centre[1] + dx * sin + dy * cos];
}
