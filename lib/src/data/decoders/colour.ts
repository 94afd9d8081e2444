import {createCanvas} from '../../native/canvas';
import type {Kind} from '../../arguments/schema';
import type {Colour} from './channels';

/** A colour as CSS writes it. */
export const colourKind: Kind = {
  expected: 'a colour as CSS writes it, such as white, #0a0 or rgb(0, 90, 20)',
  fits: (value) => typeof value === 'string' && parsed(value) !== undefined,
};

/** A colour of this kind. */
export function colourOf(text: string): Colour {
  const hex = parsed(text)!;
  const part = (at: number) => parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** As #rrggbb; undefined when it is no colour, or one that isn't opaque. */
function parsed(text: string): string | undefined {
  const context = createCanvas(1, 1).getContext('2d');
  // What isn't a colour leaves the one before.
  const [one, other] = ['#000000', '#ffffff'].map((before) => {
    context.fillStyle = before;
    context.fillStyle = text;
    return context.fillStyle;
  });
  return one === other && one!.startsWith('#') ? one : undefined;
}
