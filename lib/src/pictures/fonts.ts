import {createCanvas} from '../native/canvas';

let checked = false;

/** Says once when this machine has no font to write with; drawing goes on, with a box for each letter. */
export function warnWithoutFonts(): void {
  if (checked) return;
  checked = true;
  const context = createCanvas(1, 1).getContext('2d');
  context.font = '20px sans-serif';
  // Only the boxes that stand for missing letters are all of one width.
  if (context.measureText('iiii').width < context.measureText('WWWW').width) return;
  console.warn(
    'convlab: this machine has no fonts, so text in pictures and charts shows as boxes. ' +
      'On Debian and Ubuntu "sudo apt-get install -y fonts-dejavu-core" helps.',
  );
}
