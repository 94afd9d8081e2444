import {decodeJpeg} from '../../tfjs/imageOps';
import {checkDensity, checkPage, damaged, DENSEST, smaller, type Decoded, type Size} from './decoded';
import {orientationOf} from './exif';

/** Markers of a frame's header: C0 to CF, but for those of tables. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const EXIF = 'Exif\0\0';

/**
 * @param size what it is brought to at once, where it is larger and stands upright
 * @throws Error when it is damaged, cut short, or of a kind that isn't read
 */
export function readJpeg(bytes: Uint8Array, page = 0, size?: Size): Decoded {
  checkPage(page, 1);
  const {height, width, bits, lossless, orientation} = jpegHeader(bytes);
  if (lossless || bits !== 8) {
    const what = lossless ? 'a lossless JPEG' : `a JPEG of ${bits} bits`;
    throw new Error(`it is ${what}; expected one of 8 bits, or store the picture as TIFF or PNG`);
  }
  checkDensity(height, width, bytes.length, DENSEST);
  let picture;
  try {
    picture = decodeJpeg(bytes, orientation === 1 ? smaller(size, height, width) : undefined);
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
  /** As EXIF numbers it, 1 to 8. */
  orientation: number;
}

/** @throws Error when there is no header in it */
export function jpegHeader(bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  for (let at = 2; at + 9 < bytes.length;) {
    // Between segments any number of FF may stand, and in real files other bytes, too.
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff || bytes[at + 1] === 0) {
      at++;
      continue;
    }
    const marker = bytes[at + 1]!;
    if (isFrame(marker)) {
      const [bits, height, width] = [bytes[at + 4]!, view.getUint16(at + 5), view.getUint16(at + 7)];
      return {height, width, bits, lossless: (marker & 3) === 3, components: bytes[at + 9]!, orientation};
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && Buffer.from(bytes.subarray(at + 4, at + 10)).toString('latin1') === EXIF) {
      orientation = orientationOf(bytes.subarray(at + 10, at + 2 + length));
    }
    // Start of image and restart markers have no length.
    at += marker >= 0xd0 && marker <= 0xd8 ? 2 : 2 + length;
  }
  damaged();
}
