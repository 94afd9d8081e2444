import {expect, test} from '@jest/globals';
import {createCanvas} from 'canvas';
import {toPng} from '../../lib/src/pictures/png';
import {decode} from './pixels';

test('areas keep their colours, however alike two of them are, where there are too many colours for a palette', () => {
  const canvas = createCanvas(100, 100);
  const context = canvas.getContext('2d');
  // 900 colours on the upper half, on nine pixels or fewer each, and none near another.
  for (let i = 0; i < 900; i++) {
    context.fillStyle = `rgb(${8 * (i % 30)}, ${8 * Math.floor(i / 30)}, 40)`;
    context.fillRect(3 * (i % 30), Math.floor(i / 30), 3, 1);
  }
  const areas = [
    [150, 197, 223],
    [152, 199, 221],
  ];
  areas.forEach(([red, green, blue], i) => {
    context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
    context.fillRect(20 * i, 60, 20, 20);
  });
  const {at} = decode(toPng(canvas));
  for (const [i, colour] of areas.entries()) expect(at(20 * i + 10, 70)).toEqual(colour);
});
