import type {Grey} from './prepare';

interface Point {
  x: number;
  y: number;
}

/** Side of the drawing in its own pixels, and the pen's width: about as thick as the data set's strokes. */
const SIDE = 560;
const PEN = 46;

/** Strokes on a canvas, drawn with whatever points: mouse, finger, pen. */
export class Drawing {
  private strokes: Point[][] = [];
  private readonly context: CanvasRenderingContext2D;

  /** @param onChange runs after every change of the strokes. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly onChange: () => void,
  ) {
    canvas.width = SIDE;
    canvas.height = SIDE;
    // It is read after every stroke: keep it where that is cheap.
    this.context = canvas.getContext('2d', {willReadFrequently: true})!;
    this.listen();
  }

  clear(): void {
    this.strokes = [];
    this.redraw();
  }

  undo(): void {
    this.strokes.pop();
    this.redraw();
  }

  get isEmpty(): boolean {
    return this.strokes.length === 0;
  }

  /** The ink, 0 to 1: how opaque the canvas is, whatever the colour of the theme. */
  ink(): Grey {
    const {data} = this.context.getImageData(0, 0, SIDE, SIDE);
    return {
      values: Float32Array.from({length: SIDE * SIDE}, (_, i) => data[4 * i + 3]! / 255),
      width: SIDE,
      height: SIDE,
    };
  }

  /** Draws all strokes anew, in the colour that the theme has now. */
  redraw(): void {
    this.context.clearRect(0, 0, SIDE, SIDE);
    for (const stroke of this.strokes) this.draw(stroke);
    this.onChange();
  }

  private listen(): void {
    const {canvas} = this;
    let stroke: Point[] | undefined;
    canvas.addEventListener('pointerdown', (event) => {
      if (!event.isPrimary || event.button !== 0) return;
      // The stroke goes on, and ends, wherever the pointer is.
      canvas.setPointerCapture(event.pointerId);
      stroke = [this.place(event)];
      this.strokes.push(stroke);
      this.draw(stroke);
      this.onChange();
    });
    canvas.addEventListener('pointermove', (event) => {
      if (!stroke || !event.isPrimary) return;
      // A fast stroke has several places between two events.
      const events = event.getCoalescedEvents();
      stroke.push(...(events.length > 0 ? events : [event]).map((each) => this.place(each)));
      this.draw(stroke);
      this.onChange();
    });
    const end = (event: PointerEvent): void => {
      if (event.isPrimary) stroke = undefined;
    };
    canvas.addEventListener('pointerup', end);
    canvas.addEventListener('pointercancel', end);
  }

  private place(event: PointerEvent): Point {
    const box = this.canvas.getBoundingClientRect();
    return {x: ((event.clientX - box.left) / box.width) * SIDE, y: ((event.clientY - box.top) / box.height) * SIDE};
  }

  private draw(stroke: Point[]): void {
    const {context} = this;
    Object.assign(context, {lineWidth: PEN, lineCap: 'round', lineJoin: 'round'});
    context.strokeStyle = getComputedStyle(this.canvas).color;
    context.beginPath();
    context.moveTo(stroke[0]!.x, stroke[0]!.y);
    // A click alone is a dot: a line of no length with round ends.
    for (const {x, y} of stroke) context.lineTo(x, y);
    context.stroke();
  }
}
