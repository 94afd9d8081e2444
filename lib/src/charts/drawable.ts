import {CallError} from '../arguments/publicCall';
import type {Figure} from './figure';

/** The kinds of trace that Plotly draws on a graphics card, or over a map that it fetches. */
const BROWSER_ONLY =
  /3d$|gl$|mapbox$|^(scatter|choropleth|density)map$|^(scattergeo|choropleth|surface|cone|streamtube|volume|isosurface|splom|parcoords)$/;

/**
 * Plotly without a browser would leave such a trace out, or end the program.
 *
 * @throws CallError for a figure with a trace that only a browser draws.
 */
export function checkDrawable({data}: Figure): void {
  const types = data
    .map((trace) => (trace as {type?: unknown} | null)?.type)
    .filter((type) => typeof type === 'string');
  const type = types.find((each) => BROWSER_ONLY.test(each));
  if (type !== undefined) {
    throw new CallError(`${type} needs a browser, as WebGL and maps do; show(figure) draws it in the notebook`);
  }
}
