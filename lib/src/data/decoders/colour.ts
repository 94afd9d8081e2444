import {createCanvas} from '../../native/canvas';
import type {Colour} from './channels';

/** A colour as CSS writes it: white, #0a0, rgb(0, 90, 20). @throws Error when it isn't one */
export function colourOf(text: string): Colour {
  const context = createCanvas(1, 1).getContext('2d');
  // What isn't a colour leaves the one before.
  const [one, other] = ['#000000', '#ffffff'].map((before) => {
    context.fillStyle = before;
    context.fillStyle = text;
    return context.fillStyle;
  });
  if (one !== other || !one!.startsWith('#'))
    throw new Error(`background must be a colour as CSS writes it, got '${text}'`);
  const part = (at: number) => parseInt(one!.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}
