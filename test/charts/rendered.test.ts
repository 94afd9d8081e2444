import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {figureToPng} from 'convlab';
import {decode} from '../pictures/pixels';
import {figures} from './figures';

/** Letters look a little different with every version of a font: what is compared are the means of squares this wide. */
const BLOCK = 8;
/** So far apart, out of 255, are two squares that look different. */
const DIFFERENT = 24;
/** One of the history chart's curves in another colour comes to 4 %, a condensed font to 4 to 6 % of each chart with text. */
const MOST = 0.03;

test.each(Object.keys(figures))('the %s chart looks as in the picture beside this test', async (name) => {
  const file = path.join(__dirname, 'rendered', `${name}.png`);
  const drawn = await figureToPng(figures[name]!(), {scale: 1});
  if (!existsSync(file)) {
    writeFileSync(file, drawn);
    throw new Error(`${file} was missing and has been drawn: look at it, and commit it if it is right`);
  }
  const [now, before] = [decode(drawn), decode(readFileSync(file))];
  expect([now.width, now.height]).toEqual([before.width, before.height]);
  const different = differentShare(now, before);
  if (different > MOST) {
    const kept = path.join(os.tmpdir(), `${name}-now.png`);
    writeFileSync(kept, drawn);
    throw new Error(
      `${(100 * different).toFixed(1)} % of the picture differ from ${file}: compare it with ${kept}; if that is right, take it instead`,
    );
  }
});

type Picture = ReturnType<typeof decode>;

/** The share of the squares with something in them, on either picture, whose mean colours differ. */
function differentShare(one: Picture, other: Picture): number {
  let drawn = 0;
  let different = 0;
  for (let top = 0; top + BLOCK <= one.height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= one.width; left += BLOCK) {
      const [a, b] = [mean(one, left, top), mean(other, left, top)];
      if (Math.min(...a, ...b) < 255) drawn++;
      if (a.some((value, i) => Math.abs(value - b[i]!) > DIFFERENT)) different++;
    }
  }
  return different / drawn;
}

function mean({at}: Picture, left: number, top: number): number[] {
  const sums = [0, 0, 0];
  for (let y = top; y < top + BLOCK; y++) {
    for (let x = left; x < left + BLOCK; x++) at(x, y).forEach((value, i) => (sums[i]! += value));
  }
  return sums.map((sum) => sum / BLOCK ** 2);
}
