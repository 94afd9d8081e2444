import type {Figure} from './figure';

export {grouped, percent} from '../tables/numbers';

/**
 * Colours from Okabe and Ito's palette, which colour-blind readers tell apart; each also differs in lightness or shape
 * where it matters.
 */
export const colours = {
  /** What went well, and the training images. */
  blue: '#0072b2',
  /** What went wrong, and the validation images. */
  orange: '#d55e00',
  /** What is right where something else was said. */
  green: '#009e73',
  ink: '#333333',
  faint: '#767676',
  grid: '#e6e6e6',
  paper: '#ffffff',
} as const;

/** For up to ten classes: the palette's own, black replaced by a grey, and a brown and a dark red besides. */
export const classColours = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#8c6d1f',
  '#6a3d9a',
  '#7f7f7f',
  '#a50f15',
] as const;

/**
 * The look that every chart shares. The paper is white, not transparent: dark text stays readable on JupyterLab's dark
 * theme, and the static render, which can't follow a theme, looks the same as the chart.
 */
export function baseLayout({title, width, height}: {title: string; width: number; height: number}): Figure['layout'] {
  return {
    title: {
      text: title,
      font: {size: 16},
      x: 0,
      xref: 'container',
      xanchor: 'left',
      y: 1,
      yanchor: 'top',
      pad: {l: 16, t: 16},
    },
    // No narrower than the title.
    width: Math.max(width, 32 + 9 * title.length),
    height,
    font: {family: 'Open Sans, Verdana, DejaVu Sans, sans-serif', size: 12, color: colours.ink},
    paper_bgcolor: colours.paper,
    plot_bgcolor: colours.paper,
    hoverlabel: {bgcolor: colours.paper, bordercolor: colours.faint, font: {color: colours.ink}},
  };
}

/** Plotly reads tags in every text: this keeps a label such as "a<b" or "<img …>" the text that it is. */
export function plain(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
