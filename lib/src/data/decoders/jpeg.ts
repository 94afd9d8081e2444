import {decodeJpeg} from '../../tfjs/imageOps';
import {checkDensity, checkPage, damaged, DENSEST, smaller, type Decoded, type Size} from './decoded';
import {orientationInXmp, orientationOf} from './exif';

/** Markers of a frame's header: C0 to CF, but for those of tables. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const START_OF_SCAN = 0xda;
const END = 0xd9;
const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
/** Adobe's segment, which says that inks are turned over: 255 is none. */
const ADOBE = Buffer.from('\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0', 'latin1');

/**
 * @param size what it is brought to at once, where it is larger and stands upright
 * @throws Error when it is damaged, cut short, or of a kind that isn't read
 */
export function readJpeg(bytes: Uint8Array, page = 0, size?: Size): Decoded {
  checkPage(page, 1);
  const {height, width, bits, lossless, components, orientation, isAdobe} = jpegHeader(bytes);
  if (lossless || bits !== 8) {
    const what = lossless ? 'a lossless JPEG' : `a JPEG of ${bits} bits`;
    throw new Error(`it is ${what}; expected one of 8 bits, or store the picture as TIFF or PNG`);
  }
  checkDensity(height, width, bytes.length, DENSEST);
  let picture;
  try {
    // Inks without a word about them are taken as all with one have them, as in Pillow and in browsers; TensorFlow doesn't.
    const marked =
      components === 4 && !isAdobe ? Buffer.concat([bytes.subarray(0, 2), ADOBE, bytes.subarray(2)]) : bytes;
    picture = decodeJpeg(marked, orientation === 1 ? smaller(size, height, width) : undefined);
  } catch (error) {
    damaged(error);
  }
  return {...picture, colour: picture.channels === 1 ? 'grey' : 'rgb', orientation};
}

/** What a JPEG says of itself. */
export interface JpegHeader {
  height: number;
  width: number;
  bits: number;
  lossless: boolean;
  /** 1: grey; 3: colours; 4: inks. */
  components: number;
  /** As EXIF numbers it, 1 to 8. What EXIF doesn't say, XMP may. */
  orientation: number;
  /** Whether it has the segment of Adobe's that says how colours are stored. */
  isAdobe: boolean;
}

/** @throws Error when there is no header in it */
export function jpegHeader(bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: Pick<JpegHeader, 'height' | 'width' | 'bits' | 'lossless' | 'components'> | undefined;
  let orientation: number | undefined;
  let inXmp: number | undefined;
  let isAdobe = false;
  for (let at = 2; at + 9 < bytes.length;) {
    // Between segments any number of FF may stand, and in real files other bytes, too.
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff || bytes[at + 1] === 0) {
      at++;
      continue;
    }
    const marker = bytes[at + 1]!;
    if (marker === START_OF_SCAN || marker === END) break;
    if (isFrame(marker) && frame === undefined) {
      const [bits, height, width] = [bytes[at + 4]!, view.getUint16(at + 5), view.getUint16(at + 7)];
      frame = {height, width, bits, lossless: (marker & 3) === 3, components: bytes[at + 9]!};
    }
    const length = view.getUint16(at + 2);
    const text = (from: number, to: number) => Buffer.from(bytes.subarray(at + from, at + to)).toString('latin1');
    // The first of several, as other programs have it.
    if (marker === 0xe1 && orientation === undefined && text(4, 10) === EXIF) {
      orientation = orientationOf(bytes.subarray(at + 10, at + 2 + length));
    }
    if (marker === 0xe1 && text(4, 4 + XMP.length) === XMP) {
      inXmp ??= orientationInXmp(bytes.subarray(at + 4 + XMP.length, at + 2 + length));
    }
    if (marker === 0xee && text(4, 9) === 'Adobe') isAdobe = true;
    // Start of image and restart markers have no length.
    at += marker >= 0xd0 && marker <= 0xd8 ? 2 : 2 + length;
  }
  return frame === undefined ? damaged() : {...frame, orientation: orientation ?? inXmp ?? 1, isAdobe};
}
