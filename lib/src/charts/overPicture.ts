import type {Picture} from '../pictures/picture';
import type {Figure} from './figure';
import {baseLayout} from './theme';

/** Screen pixels around a picture. */
export interface Margin {
  l: number;
  r: number;
  t: number;
  b: number;
}

/**
 * The layout of a chart that lies over a picture: x and y count the picture's screen pixels, from its upper left corner.
 *
 * @returns Besides, how many pixels the x axis spans: a title can be wider than the picture.
 */
export function overPicture(
  {png, width, height}: Picture,
  title: string,
  margin: Margin,
): {layout: Figure['layout']; span: number} {
  const layout = baseLayout({title, width: margin.l + width + margin.r, height: margin.t + height + margin.b});
  const span = (layout.width as number) - margin.l - margin.r;
  // JupyterLab stretches every chart to its own width: the picture keeps its form.
  const fixed = {visible: false, fixedrange: true, constrain: 'domain'};
  Object.assign(layout, {
    margin,
    images: [
      {
        source: `data:image/png;base64,${png.toString('base64')}`,
        xref: 'x',
        yref: 'y',
        x: 0,
        y: 0,
        sizex: width,
        sizey: height,
        sizing: 'stretch',
        layer: 'below',
      },
    ],
    xaxis: {...fixed, range: [0, span], constraintoward: 'left'},
    yaxis: {...fixed, range: [height, 0], scaleanchor: 'x'},
  });
  return {layout, span};
}
