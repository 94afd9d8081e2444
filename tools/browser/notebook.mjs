/** JupyterLab's notebook, driven through its own commands. */
import fs from 'node:fs';

export const SCROLLER = '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer';

let opened = 0;

/** Opens a notebook, in a workspace of its own: JupyterLab would reopen the ones before it too. */
export async function openNotebook(page, lab, name) {
  await page.goto(lab.url(`lab/workspaces/w${++opened}/tree/${name}`));
  await page.waitForFunction(
    (path) => {
      const context = globalThis['jupyterapp']?.shell?.currentWidget?.context;
      return context?.path === path && context.isReady;
    },
    name,
    {timeout: 60_000},
  );
  await command(page, 'filebrowser:toggle-main');
  await page.evaluate(() => globalThis['jupyterapp'].shell.currentWidget.context.sessionContext.ready);
  // JupyterLab draws what is in view: make the window high enough for all of it.
  await page.setViewportSize({width: 1280, height: 12_000});
}

/** Ends the notebook's kernel: a machine has room for a few of them only. */
export async function closeNotebook(page) {
  await page.evaluate(async () => {
    const {sessionContext} = globalThis['jupyterapp'].shell.currentWidget.context;
    // Once it has answered: of a kernel that is gone before it was reached the console complains.
    await sessionContext.session?.kernel?.info;
    await sessionContext.shutdown();
  });
}

/** Runs all cells and saves. @returns Whether every cell ran in time. */
export async function runNotebook(page, seconds) {
  // The command's yes isn't enough: while the kernel is still starting it may come before the cells have run.
  const failed = command(page, 'notebook:run-all-cells').then(
    (ran) => ran || Promise.reject(new Error('a cell failed')),
  );
  const finished = page.waitForFunction(everyCellRan, undefined, {timeout: seconds * 1000, polling: 250});
  const ran = await Promise.race([finished, failed.then(() => finished)]).then(
    () => true,
    () => false,
  );
  await page.evaluate(() => globalThis['jupyterapp'].shell.currentWidget.context.save());
  return ran;
}

/** Runs in the page. */
function everyCellRan() {
  const {content, context} = globalThis['jupyterapp'].shell.currentWidget;
  const cells = content.widgets.filter(({model}) => model.type === 'code');
  const idle = context.sessionContext.session?.kernel?.status === 'idle';
  const begun = cells.some(({model}) => model.executionCount !== null);
  const waiting = cells.some(({model}) => model.executionState === 'running' || model.executionCount === null);
  return idle && begun && !waiting;
}

export async function setTheme(page, theme) {
  await command(page, 'apputils:change-theme', {theme});
  await page.waitForTimeout(1000);
}

function command(page, name, args = {}) {
  return page.evaluate(([id, options]) => globalThis['jupyterapp'].commands.execute(id, options), [name, args]);
}

/** What the saved notebook says should be seen. */
export function contentsOf(file) {
  const {cells} = JSON.parse(fs.readFileSync(file, 'utf8'));
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const figures = outputs.filter(({data}) => data?.['application/vnd.plotly.v1+json']);
  return {
    figures: figures.length,
    figureWidths: figures.map(({data}) => data['application/vnd.plotly.v1+json'].layout.width),
    pictureWidths: outputs.flatMap(({data, metadata}) =>
      data?.['image/png'] && !data['application/vnd.plotly.v1+json'] ? [metadata['image/png'].width] : [],
    ),
    explorers: outputs.flatMap(({data}) => {
      const [, kind] =
        /^<div class="convlab-explorer" data-kind="(\w+)"/.exec([data?.['text/html'] ?? ''].flat().join('')) ?? [];
      return kind ?? [];
    }),
    errors: outputs.flatMap((output) => {
      if (output.output_type === 'error') return [output.evalue];
      return output.name === 'stderr' ? [[output.text].flat().join('')] : [];
    }),
    unfinished: cells.filter(({cell_type, execution_count}) => cell_type === 'code' && execution_count === null).length,
  };
}
