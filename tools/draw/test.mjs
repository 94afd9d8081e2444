/**
 * Draws digits on the page of `npm run draw` in a Chromium, with the mouse and with a finger, and looks whether they are
 * recognised. Screenshots land in build/draw.
 *
 *   npm run test:draw
 */
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {launch} from '../browser/chromium.mjs';
import {makePage} from './make.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {setUp} from '../../lib/setup/setup.mjs';

const FILE = inRoot('build', 'draw.html');
const OUT = inRoot('build', 'draw');

/** Each stroke as places on the paper, whose sides have the length 1. */
const STROKES = {
  1: [line([0.52, 0.15], [0.48, 0.85])],
  7: [[...line([0.25, 0.2], [0.75, 0.2]), ...line([0.75, 0.2], [0.45, 0.85])]],
  0: [
    Array.from({length: 41}, (_, i) => [
      0.5 + 0.22 * Math.sin((i / 40) * 2 * Math.PI),
      0.5 - 0.33 * Math.cos((i / 40) * 2 * Math.PI),
    ]),
  ],
};

function line([x0, y0], [x1, y1]) {
  return Array.from({length: 21}, (_, i) => [x0 + ((x1 - x0) * i) / 20, y0 + ((y1 - y0) * i) / 20]);
}

/** The page as a reader has it, and all that went wrong in it. */
async function open(browser, options) {
  const context = await browser.newContext({viewport: {width: 1180, height: 1000}, ...options});
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`uncaught ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(FILE).href);
  await page.locator('body[data-ready]').waitFor({timeout: 30_000});
  return {page, complaints, close: () => context.close()};
}

async function places(page, stroke) {
  const box = await page.locator('#drawing').boundingBox();
  return stroke.map(([x, y]) => ({x: box.x + x * box.width, y: box.y + y * box.height}));
}

async function drawWithMouse(page, strokes) {
  for (const stroke of strokes) {
    const [first, ...others] = await places(page, stroke);
    await page.mouse.move(first.x, first.y);
    await page.mouse.down();
    for (const {x, y} of others) await page.mouse.move(x, y);
    await page.mouse.up();
  }
}

async function drawWithFinger(page, strokes) {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type, touchPoints) => devtools.send('Input.dispatchTouchEvent', {type, touchPoints});
  for (const stroke of strokes) {
    const [first, ...others] = await places(page, stroke);
    await touch('touchStart', [first]);
    for (const place of others) await touch('touchMove', [place]);
    await touch('touchEnd', []);
  }
}

/** What the page says, once it had a frame to say it. */
async function answer(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.evaluate(() => ({
    digit: document.getElementById('digit').textContent,
    sureness: document.getElementById('sureness').textContent,
    bars: document.querySelectorAll('#probabilities li').length,
    // Layers whose maps have something bright on them.
    lit: Array.from(document.querySelectorAll('#layers canvas, #seen')).filter((element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value, i) => i % 4 === 0 && value > 200);
    }).length,
    scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  }));
}

async function check(browser, {name, options, draw}) {
  const {page, complaints, close} = await open(browser, options);
  const expect = (what, found, wanted) => {
    if (found !== wanted) complaints.push(`${what}: expected ${wanted}, found ${found}`);
  };
  for (const [digit, strokes] of Object.entries(STROKES)) {
    await draw(page, strokes);
    const found = await answer(page);
    console.log(`${name}: drew ${digit}, read ${found.digit} ${found.sureness}`);
    expect('digit', found.digit, digit);
    expect('bars', found.bars, 10);
    expect('pictures with light in them', found.lit, 6);
    expect('wider than the window', found.scrolls, false);
    await page.screenshot({path: path.join(OUT, `${name}-${digit}.png`), fullPage: true});
    // Without a mouse: the keyboard reaches the button, and the page is empty again.
    await page.locator('#clear').focus();
    await page.keyboard.press('Enter');
    expect('after Clear', (await answer(page)).digit, '?');
  }
  await draw(page, [...STROKES[1], ...STROKES[0]]);
  await page.locator('#undo').press('Enter');
  expect('after Undo', (await answer(page)).digit, '1');
  await page.keyboard.press('Escape');
  await page.getByRole('button', {name: 'a 4 from the test set'}).press('Enter');
  expect('a 4 from the test set', (await answer(page)).digit, '4');
  await close();
  return complaints;
}

const READERS = [
  {name: 'light', options: {colorScheme: 'light'}, draw: drawWithMouse},
  {name: 'dark', options: {colorScheme: 'dark'}, draw: drawWithMouse},
  {
    name: 'phone',
    options: {viewport: {width: 390, height: 800}, hasTouch: true, isMobile: true, deviceScaleFactor: 2},
    draw: drawWithFinger,
  },
];

try {
  await setUp();
  await makePage(FILE);
  fs.rmSync(OUT, {recursive: true, force: true});
  fs.mkdirSync(OUT, {recursive: true});
  const browser = await launch();
  const complaints = [];
  try {
    for (const reader of READERS) {
      complaints.push(...(await check(browser, reader)).map((text) => `${reader.name}: ${text}`));
    }
  } finally {
    await browser.close();
  }
  console.log(`Screenshots: ${path.relative(process.cwd(), OUT)}`);
  if (complaints.length > 0) throw new Error(`\n    ${complaints.join('\n    ')}`);
} catch (error) {
  console.error(`npm run test:draw: ${error.message}`);
  process.exitCode = 1;
}
