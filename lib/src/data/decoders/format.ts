/** Picture formats, as readers know them. */
export type Format = 'JPEG' | 'PNG' | 'GIF' | 'BMP' | 'WebP' | 'AVIF' | 'HEIC' | 'TIFF' | 'SVG';

/** So many bytes of a file tell its format. */
export const SEEN = 4096;
/** Names of HEIC's kinds in a file's first box. */
const HEIC = /^(hei[csmx]|hev[cmx])/;
/** Others that say little: an AVIF or a HEIC. */
const GENERAL = /^(mif1|msf1|miaf)/;

/** The format of a file by what is in it, whatever its name ends in; undefined for others. */
export function formatOf(bytes: Uint8Array): Format | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SEEN)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (/^GIF8[79]a/.test(head)) return 'GIF';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'WebP';
  if (/^(II[*+]\0|MM\0[*+])/.test(head)) return 'TIFF';
  if (head.startsWith('ftyp', 4)) return inBoxes(head);
  if (head.startsWith('BM')) return 'BMP';
  return /^(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|svg)/i.test(head) && /<svg[\s>]/i.test(head) ? 'SVG' : undefined;
}

function inBoxes(head: string): Format | undefined {
  const length = Math.min(head.charCodeAt(2) * 256 + head.charCodeAt(3), 256);
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(head.slice(at, at + 4));
  if (brands.some((brand) => /^avi[fs]/.test(brand))) return 'AVIF';
  return brands.some((brand) => HEIC.test(brand) || GENERAL.test(brand)) ? 'HEIC' : undefined;
}

/** What a file of another kind is, where its first bytes say so. */
export function otherFormat(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 132)).toString('latin1');
  const known: [string, boolean][] = [
    ['a PDF', head.startsWith('%PDF')],
    ['a ZIP archive', head.startsWith('PK\x03\x04')],
    ['DICOM', head.startsWith('DICM', 128)],
    ['JPEG XL', head.startsWith('\xff\x0a') || head.startsWith('JXL ', 4)],
    ['JPEG 2000', head.startsWith('\xff\x4f\xff\x51') || head.startsWith('jP  ', 4)],
    ['a Photoshop file', head.startsWith('8BPS')],
    ['a Windows icon', head.startsWith('\0\0\x01\0')],
    ['HDF5', head.startsWith('\x89HDF')],
    ['a web page', /^\s*<(!doctype html|html)/i.test(head)],
    ['a Git LFS pointer, not the picture itself', head.startsWith('version https://git-lfs')],
    ['NetPBM', /^P[1-7]\s/.test(head)],
  ];
  return known.find(([, isIt]) => isIt)?.[0] ?? 'something else';
}
