/**
 * Pictures that come with convlab, 0.4 MB, to try things out with: real photographs, all free to use. Each name is the path of
 * a file or folder. `README.md` beside them says whose they are.
 */
import path from 'node:path';

const folder = path.join(__dirname, '../../samples');

/** A folder with 26 printed digits from a photograph of a newspaper: the digit first in the name, and in `labels.csv`. */
export const digits: string = path.join(folder, 'digits');

/** The photograph of the newspaper that the digits were cut from. */
export const page: string = path.join(folder, 'page.jpg');

/**
 * A `.zip` with a folder for each of three classes, 36 colour pictures in each, six from each row of one photograph: galaxies,
 * retina, tissue.
 */
export const photographs: string = path.join(folder, 'photographs.zip');

/** A cell, as a microscope measured its optical thickness: one channel of 16 bits, of which ten are used. */
export const cell: string = path.join(folder, 'cell.tif');
