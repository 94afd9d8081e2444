/** What single cells answer, as a reader sees it in JupyterLab: errors, values, sliders; in the light and the dark theme. */
import fs from 'node:fs';
import path from 'node:path';
import {closeNotebook, contentsOf, openNotebook, runNotebook, SCROLLER, setTheme} from './notebook.mjs';

const SECONDS = 240;
/** JupyterLab's own red has 2.9 on its dark ground of errors. */
const LEAST_CONTRAST = 2.8;

const CELLS = [
  `import {tf, mnist, picture, historyChart, History, interact, show} from 'convlab';
const {train} = await mnist.load();`,
  'tf.randomUniform([100, 100], 0, 1, "float32", 1)',
  'train',
  'train.image(0)',
  `const model = tf.sequential({layers: [
  tf.layers.conv2d({filters: 4, kernelSize: 3, inputShape: [28, 28, 1]}),
  tf.layers.flatten(),
  tf.layers.dense({units: 10, activation: 'softmax'}),
]});
model`,
  `const history = new History();
for (const loss of [1, 0.5, 0.3]) history.add(history.epoch.length, {loss, val_loss: loss + 0.1});
historyChart(history)`,
  `interact({digit: [0, 9], columns: ['1', '2'], large: false}, ({digit, columns, large}) => {
  if (digit > 8) throw new RangeError('no such digit here');
  return picture(train, [digit, digit + 1], {columns: Number(columns), scale: large ? 8 : 4});
})`,
  `function divide(a: number, b: number) {
  if (b === 0) throw new Error('by nothing');
  return a / b;
}
divide(1, 0)`,
  `const size: number = 'large';
train.imagee(0);`,
];
/** How many cells at the end fail on purpose. */
const FAILING = 2;

/** @returns {Promise<string[]>} complaints */
export async function lookAtCells(browser, lab, folder, picture) {
  const name = 'cells.ipynb';
  fs.writeFileSync(path.join(folder, name), JSON.stringify(notebookOf(CELLS)));
  const page = await browser.newPage({viewport: {width: 1280, height: 900}});
  try {
    await openNotebook(page, lab, name);
    await runNotebook(page, SECONDS);
    const {unfinished} = contentsOf(path.join(folder, name));
    const complaints = unfinished === 0 ? [] : [`${unfinished} cells did not run`];
    complaints.push(...(await moveSlider(page, path.join(folder, name))));
    for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
      await setTheme(page, theme);
      await page.locator(SCROLLER).screenshot({path: picture(theme.split(' ')[1].toLowerCase())});
      complaints.push(...(await page.evaluate(contrastOf, LEAST_CONTRAST)).map((text) => `${theme}: ${text}`));
    }
    await setTheme(page, 'JupyterLab Light');
    return complaints;
  } finally {
    await closeNotebook(page);
    await page.close();
  }
}

/** A reader takes the handle of the first slider by the keyboard: the picture below is drawn again, and an error shown. */
async function moveSlider(page, file) {
  const complaints = [];
  const handle = page.locator('.widget-slider .noUi-handle').first();
  await handle.waitFor({timeout: 30_000});
  const image = page.locator('.jp-Cell:has(.widget-slider) .jp-OutputArea-output img').first();
  const before = await image.getAttribute('src');
  await handle.focus();
  await handle.press('ArrowRight');
  await page
    .waitForFunction(
      (old) => {
        const shown = document.querySelector('.jp-Cell:has(.widget-slider) .jp-OutputArea-output img');
        return shown && shown.getAttribute('src') !== old;
      },
      before,
      {timeout: 30_000},
    )
    .catch(() => complaints.push('the picture stays as it is when the slider moves'));
  await handle.press('End');
  await page
    .getByText('no such digit here')
    .first()
    .waitFor({timeout: 30_000})
    .catch(() => complaints.push('an error of the function is not shown'));
  await handle.press('ArrowLeft');
  await image.waitFor({timeout: 30_000}).catch(() => complaints.push('the picture does not come back after an error'));
  await page.waitForTimeout(500);
  await page.evaluate(() => globalThis['jupyterapp'].shell.currentWidget.context.save());
  const saved = JSON.parse(fs.readFileSync(file, 'utf8')).cells.find(({source}) =>
    [source].flat().join('').startsWith('interact'),
  );
  if (!saved.outputs.some(({data}) => data?.['image/png']))
    complaints.push('the saved notebook lacks the last picture');
  return complaints;
}

/** Runs in the page: texts of outputs that can hardly be read on what lies behind them. */
function contrastOf(least) {
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) =>
      value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('.jp-OutputArea-output :is(pre, pre span, td, th, caption)')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!own) continue;
    const [one, other] = [numbers(getComputedStyle(element).color), behind(element)]
      .map(luminance)
      .sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < least) faint.push(`"${element.textContent.slice(0, 40)}" has a contrast of ${ratio.toFixed(1)}`);
  }
  return faint;
}

function notebookOf(cells) {
  const metadata = {kernelspec: {name: 'tslab', display_name: 'TypeScript', language: 'typescript'}};
  return {
    cells: cells.map((source, i) => ({
      id: `cell-${i}`,
      cell_type: 'code',
      execution_count: null,
      // What fails on purpose must not keep those below from running.
      metadata: i >= cells.length - FAILING ? {tags: ['raises-exception']} : {},
      outputs: [],
      source,
    })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
}
