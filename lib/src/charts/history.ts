import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';
import {numbers} from '../arguments/kinds';
import type {HistoryLike} from '../progress/historyLike';
import type {Figure} from './figure';
import {baseLayout, colours, plain} from './theme';

export type {HistoryLike};

/** An earlier form of a history, {epochs, metrics}; still drawn. */
export interface EarlierHistory {
  readonly epochs: readonly number[];
  readonly metrics: Readonly<Record<string, readonly number[]>>;
}

const PANEL_WIDTH = 400;

/**
 * How training went: the loss, the accuracy and any other metric over the epochs, each in a panel of its own, on the
 * training images and, when there are any, on the validation images. The epoch with the lowest validation loss is
 * marked: from there on the network memorises its images rather than learning from them.
 *
 * @param history What `fit` returns; or numbers from elsewhere, {epoch, history}.
 * @returns A figure with a panel for each metric.
 * @throws Error when the history holds no epoch.
 *
 * @example
 * show(historyChart(await fit(model, x, y, {epochs: 8, validationSplit: 0.2})));
 */
export function historyChart(history: HistoryLike | EarlierHistory): Figure {
  return publicCall('historyChart', () => {
    checkArguments({history}, {history: historyKind});
    return draw('epoch' in history ? history : {epoch: history.epochs, history: history.metrics});
  });
}

function draw(measured: HistoryLike): Figure {
  const {epoch, history: metrics} = measured;
  const epochs = epoch.map((number) => number + 1);
  const names = Object.keys(metrics).filter((name) => !name.startsWith('val_'));
  if (epochs.length === 0 || names.length === 0) {
    throw new CallError('the history holds no epoch yet; draw it after fit has finished one');
  }
  const best = bestEpoch(measured);
  const layout = baseLayout({title: title(epochs, best), width: 80 + PANEL_WIDTH * names.length, height: 380});
  Object.assign(layout, {
    margin: {l: 70, r: 30, t: 84, b: 62},
    legend: {orientation: 'h', x: 0, y: 1.02, xanchor: 'left', yanchor: 'bottom'},
    grid: {rows: 1, columns: names.length, pattern: 'independent', xgap: 0.22},
    shapes: [],
  });
  const data: Figure['data'] = [];
  names.forEach((name, panel) => {
    const id = panel === 0 ? '' : String(panel + 1);
    layout[`xaxis${id}`] = epochAxis(epochs);
    layout[`yaxis${id}`] = metricAxis(name);
    const axes = {xaxis: `x${id}`, yaxis: `y${id}`, showlegend: panel === 0};
    data.push(line(epochs, metrics[name]!, name, 'training', axes));
    const validation = metrics[`val_${name}`];
    if (validation) data.push(line(epochs, validation, name, 'validation', axes));
    if (best !== undefined) (layout.shapes as unknown[]).push(bestLine(best, id));
  });
  return {data, layout};
}

const historyKind: Kind = {
  expected: 'what fit returns, or {epoch, history}',
  fits: (value) => {
    const {epoch, history, epochs, metrics} = (value ?? {}) as Record<string, unknown>;
    const values = history ?? metrics;
    return (
      numbers.fits(epoch ?? epochs) && typeof values === 'object' && Object.values(values ?? {}).every(numbers.fits)
    );
  },
};

function title(epochs: number[], best: number | undefined): string {
  const span = `Training, ${epochs.length} epoch${epochs.length === 1 ? '' : 's'}`;
  return best === undefined ? span : `${span}: lowest validation loss after epoch ${best}`;
}

/** The epoch, counted from 1, with the lowest validation loss. */
function bestEpoch({epoch, history}: HistoryLike): number | undefined {
  const losses = history.val_loss?.filter(Number.isFinite) ?? [];
  if (losses.length === 0) return undefined;
  return epoch[history.val_loss!.indexOf(Math.min(...losses))]! + 1;
}

function line(
  x: number[],
  y: readonly number[],
  metric: string,
  set: 'training' | 'validation',
  axes: object,
): Record<string, unknown> {
  const training = set === 'training';
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: `${set} images`,
    legendgroup: set,
    x,
    y: [...y],
    // Shape and width say what the colour says, for eyes and printers without colour; dashes would break up a zigzag.
    line: {color: training ? colours.blue : colours.orange, width: training ? 2.5 : 1.2},
    marker: {
      color: training ? colours.blue : colours.orange,
      size: x.length > 20 ? 4 : 7,
      symbol: training ? 'circle' : 'diamond',
    },
    hovertemplate: `epoch %{x}<br>${plain(metric)}, ${set}: %{y:.4f}<extra></extra>`,
    ...axes,
  };
}

function bestLine(epoch: number, id: string): object {
  return {
    type: 'line',
    xref: `x${id}`,
    yref: `y${id} domain`,
    x0: epoch,
    x1: epoch,
    y0: 0,
    y1: 1,
    layer: 'below',
    line: {color: colours.faint, width: 1.5, dash: 'dot'},
  };
}

/** Whole epochs only: Plotly's own choice between two epochs would be 1.5. */
function epochAxis(epochs: number[]): object {
  const last = epochs.at(-1)!;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => epochs.length / size <= 10) ?? 1000;
  return {
    title: {text: 'epoch'},
    tick0: step === 1 ? 1 : 0,
    dtick: step,
    range: [epochs[0]! - 0.4, last + 0.4],
    showgrid: false,
    zeroline: false,
    linecolor: colours.faint,
    ticks: 'outside',
    tickcolor: colours.faint,
  };
}

function metricAxis(name: string): object {
  const share = name === 'accuracy' || name === 'acc';
  return {
    // From the tick labels, however wide they are: the titles of later panels would touch them.
    title: {text: share ? 'accuracy (images right)' : plain(name), standoff: 18},
    tickformat: share ? '.4~p' : undefined,
    rangemode: name === 'loss' ? 'tozero' : 'normal',
    ticklabelstandoff: 4,
    gridcolor: colours.grid,
    zeroline: false,
  };
}
