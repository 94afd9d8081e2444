/** What a reader should see of the charts and pictures on a page. Every check returns complaints; none is good news. */

const HOVER_SECONDS = 5;

/** Every chart is drawn, each trace of it, and answers the mouse. */
export async function checkCharts(page, expected) {
  // JupyterLab's extension adds a picture to each chart that it drew; a saved notebook shows that until the mouse comes.
  await page.locator('.jp-RenderedPlotly').evaluateAll((charts) => {
    for (const chart of charts) chart.querySelector('img')?.dispatchEvent(new MouseEvent('mouseenter'));
  });
  await page
    .waitForFunction((count) => document.querySelectorAll('.js-plotly-plot .main-svg').length >= count, expected, {
      timeout: 30_000,
    })
    .catch(() => undefined);
  const charts = await page.locator('.js-plotly-plot').all();
  if (charts.length !== expected) return [`expected ${expected} charts, found ${charts.length}`];
  const complaints = [];
  for (const [i, chart] of charts.entries()) {
    await chart.scrollIntoViewIfNeeded();
    const name = `chart ${i + 1}`;
    const {traces, drawn, point} = await chart.evaluate(inspectChart);
    if (drawn < traces) complaints.push(`${name}: ${drawn} of ${traces} traces are drawn`);
    await page.mouse.move(point.x - 40, point.y - 3);
    await page.mouse.move(point.x, point.y, {steps: 4});
    await chart
      .locator('.hoverlayer .hovertext')
      .first()
      .waitFor({timeout: HOVER_SECONDS * 1000})
      .catch(() => complaints.push(`${name}: no text appears under the mouse`));
  }
  return complaints;
}

/** Runs in the page: counts the traces, and finds where on the screen the first point of the first one that answers is. */
function inspectChart(chart) {
  const trace = chart._fullData.find(({hoverinfo}) => hoverinfo !== 'skip');
  const xaxis = chart._fullLayout[trace.xaxis.replace('x', 'xaxis')];
  const yaxis = chart._fullLayout[trace.yaxis.replace('y', 'yaxis')];
  // The middle of a bar: of the longest that lies, or of the first that stands.
  const longest = trace.orientation === 'h' ? trace.x.indexOf(Math.max(...trace.x)) : 0;
  const at = {
    scatter: () => [trace.x[0], trace.y[0]],
    bar: () => (trace.orientation === 'h' ? [trace.x[longest] / 2, trace.y[longest]] : [0, trace.y[0] / 2]),
    heatmap: () => [trace.x0 ?? 0, trace.y0 ?? 0],
  }[trace.type]();
  const box = chart.getBoundingClientRect();
  return {
    traces: chart._fullData.length,
    drawn: chart.querySelectorAll('.scatterlayer > .trace, .barlayer > .trace, .heatmaplayer > .hm').length,
    point: {
      x: box.left + xaxis._offset + xaxis.d2p(at[0]),
      y: box.top + yaxis._offset + yaxis.d2p(at[1]),
    },
  };
}

/** Every picture has loaded and is shown in its size, or as wide as the page allows. */
export async function checkPictures(page, selector, expected) {
  // JupyterLab renders cells one by one, while the page has frames to draw: asking at every frame keeps them coming.
  await page
    .waitForFunction(
      ([images, count]) => document.querySelectorAll(images).length >= count,
      [selector, expected.length],
      {
        timeout: 30_000,
        polling: 'raf',
      },
    )
    .catch(() => undefined);
  const pictures = await page.locator(selector).evaluateAll((images) =>
    images.map(({complete, naturalWidth, clientWidth, clientHeight, parentElement}) => {
      return {loaded: complete && naturalWidth > 0, clientWidth, clientHeight, room: parentElement.clientWidth};
    }),
  );
  const complaints = pictures.flatMap(({loaded, clientWidth, clientHeight}, i) =>
    loaded && clientWidth > 50 && clientHeight > 20 ? [] : [`picture ${i + 1} is ${clientWidth} × ${clientHeight}`],
  );
  expected.forEach((width, i) => {
    const shown = pictures[i];
    if (!shown) complaints.push(`picture ${i + 1} is missing`);
    else if (Math.abs(shown.clientWidth - Math.min(width, shown.room)) > 2) {
      complaints.push(`picture ${i + 1} should be ${width} wide, is ${shown.clientWidth}`);
    }
  });
  if (pictures.length !== expected.length)
    complaints.push(`expected ${expected.length} pictures, found ${pictures.length}`);
  return complaints;
}
