/** JupyterLab's notebook, driven through its own commands. */
import fs from 'node:fs';

export const SCROLLER = '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer';

/** Opens a notebook and waits until it is there. */
export async function openNotebook(page, lab, name) {
  await page.goto(lab.url(`lab/tree/${name}`));
  await page.waitForFunction(() => window.jupyterapp?.shell?.currentWidget?.context?.isReady, undefined, {
    timeout: 60_000,
  });
  await command(page, 'filebrowser:toggle-main');
  await page.evaluate(() => window.jupyterapp.shell.currentWidget.context.sessionContext.ready);
}

/** Runs all cells and saves. @returns Whether every cell ran. */
export async function runNotebook(page, seconds) {
  const timeout = new Promise((resolve) => setTimeout(resolve, seconds * 1000, false).unref());
  const ran = await Promise.race([command(page, 'notebook:run-all-cells'), timeout]);
  await page.waitForTimeout(500);
  await command(page, 'docmanager:save');
  return ran;
}

export async function setTheme(page, theme) {
  await command(page, 'apputils:change-theme', {theme});
  await page.waitForTimeout(1000);
}

function command(page, name, args = {}) {
  return page.evaluate(([id, options]) => window.jupyterapp.commands.execute(id, options), [name, args]);
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
    errors: outputs.flatMap((output) => {
      if (output.output_type === 'error') return [output.evalue];
      return output.name === 'stderr' ? [[output.text].flat().join('')] : [];
    }),
    unfinished: cells.filter(({cell_type, execution_count}) => cell_type === 'code' && execution_count === null).length,
  };
}
