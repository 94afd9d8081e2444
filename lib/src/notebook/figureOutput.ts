import {renderStatic} from '../charts/staticRender';
import type {Figure} from '../charts/figure';
import {withTitles} from '../charts/titles';
import {escapeHtml, scriptJson} from '../html';
import type {Bundle} from './kernel';

/** Buttons that a reader of these charts has no use for are left out. */
const CONFIG = {displaylogo: false, modeBarButtonsToRemove: ['lasso2d', 'select2d', 'autoScale2d']};

/** The file that renders charts statically is also the one that pages load: the same version, byte for byte. */
const PLOTLY_URL = 'https://cdn.jsdelivr.net/npm/plotly.js-dist@4.1.1/plotly.js';
/** Colab shows every output in a page of its own, which gets the installation's files below this path. */
const PLOTLY_ON_COLAB = '/nbextensions/convlab/plotly.js';
const PLOTLY_DIGEST = 'sha384-WQ1AwRTh1OMvkqdtW61RUvQ1VIvyOYAvC4bPxQnFwwyq15kpo+WXIhzrGljgSdeT';

/**
 * Runs in the page, after each figure. It replaces every static render by the chart itself, with the plotly.js that the page
 * has: `convlabPlotly`, a promise of it, is set in pages that `npm start` exports. Elsewhere the first figure fetches it.
 * Where nothing can be fetched, or scripts don't run, the renders stay. A figure that the browser is still reading has no
 * loader of its own yet, which will come and draw it.
 */
const LOADER = `(() => {
  const draw = (plotly) => document.querySelectorAll('.convlab-figure:not([data-drawn])').forEach((box) => {
    const [source, own] = box.querySelectorAll('script');
    if (!own) return;
    box.dataset.drawn = '';
    const {data, layout, config} = JSON.parse(source.textContent);
    const chart = box.appendChild(document.createElement('div'));
    plotly.newPlot(chart, data, layout, config).then(() => box.firstElementChild.remove());
  });
  const load = (src) => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, {
      src, integrity: '${PLOTLY_DIGEST}', crossOrigin: 'anonymous',
      onload: () => resolve(window.Plotly), onerror: reject,
    });
    document.head.append(script);
  });
  const fetched = () => window.google?.colab
    ? load('${PLOTLY_ON_COLAB}').catch(() => load('${PLOTLY_URL}'))
    : load('${PLOTLY_URL}');
  if (window.Plotly) return draw(window.Plotly);
  (window.convlabPlotly ??= fetched()).then(draw, () => {});
})()`;

/**
 * A figure for every viewer: Plotly's own type for JupyterLab with Plotly's extension and VS Code, and HTML with the
 * static render in it for the rest, which becomes the chart where scripts run. Of a chart that can't be drawn here, such as
 * one of WebGL's, it says so in the render's place.
 *
 * There is no image/png beside them: JupyterLab's extension would show it, at twice the size, instead of the chart until
 * the mouse enters.
 */
export function figureBundle(given: Figure): Bundle {
  const figure = withTitles(given);
  const title = titleOf(figure);
  const chart = {...figure, config: CONFIG};
  const html =
    `<div class="convlab-figure">${still(figure, title)}` +
    `<script type="application/json">${scriptJson(chart)}</script><script>${LOADER}</script></div>`;
  return {
    data: {'application/vnd.plotly.v1+json': chart, 'text/html': html, 'text/plain': `[Figure: ${title}]`},
    metadata: {},
  };
}

function still(figure: Figure, title: string): string {
  try {
    const {png, width, height} = renderStatic(figure);
    const source = `data:image/png;base64,${png.toString('base64')}`;
    return `<img src="${source}" width="${width}" height="${height}" alt="${escapeHtml(title)}">`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `<p>${escapeHtml(`${title}: there is no still picture of this chart (${reason})`)}</p>`;
  }
}

function titleOf({layout}: Figure): string {
  const title = layout.title as {text?: string} | undefined;
  // Plotly's titles are written in a kind of HTML.
  return (title?.text ?? 'a chart')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
