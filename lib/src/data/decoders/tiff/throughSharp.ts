// TIFFs that hold JPEG, WebP or fax: libtiff reads them, through sharp.
import {damaged, damagedAs, type Decoded} from '../decoded';
import {jpegHeader} from '../jpeg';
import {readWithSharp} from '../withSharp';
import {blocksOf, type Layout} from './raster';

/** Fax has 1 bit, JPEG and WebP have 8. Of those that its libtiff lacks, as LZMA, sharp makes zeros. */
const FAX = [2, 3, 4];
const JPEG = 7;
const WEBP = 50001;

export function isForSharp(compression: number): boolean {
  return FAX.includes(compression) || compression === JPEG || compression === WEBP;
}

/**
 * @param page the number of its directory
 * @param layout with `isNamed`: whether its channels are grey or colours, and transparency that these aren't multiplied by
 * @throws Error when it is damaged, cut short, or of a kind that isn't read
 */
export async function readThroughSharp(
  bytes: Uint8Array,
  page: number,
  layout: Layout & {isTiled: boolean; isNamed: boolean},
): Promise<Decoded> {
  const {samples, bits, compression, isNamed, height, width} = layout;
  const isFax = FAX.includes(compression);
  // Of channels that no colour names sharp would make grey, or one.
  if (bits !== (isFax ? 1 : 8) || !isNamed) {
    throw new Error(
      `it has ${samples === 1 ? '' : `${samples} channels of `}${bits} bits with compression ${compression}; ` +
        'store it with LZW, deflate or none',
    );
  }
  // A row of a fax takes a bit at least.
  if (isFax && height > 8 * bytes.length) damagedAs(`${width} × ${height} pixels can't be in ${bytes.length} bytes`);
  const blocks = blocksOf(layout);
  if (compression === JPEG) checkSizes(bytes, layout, blocks);
  // libtiff's warnings are about tags that don't matter to the pixels.
  return readWithSharp(bytes, page, {failOn: 'truncated'});
}

/**
 * What a JPEG has less than its strip or tile, libtiff makes up; and libvips, which unpacks tiles itself, reads no more bytes
 * of one than twice its pixels, and makes up the rest.
 */
function checkSizes(
  bytes: Uint8Array,
  {offsets, counts, block, samples, isPlanar, isTiled}: Layout & {isTiled: boolean},
  blocks: ReturnType<typeof blocksOf>,
): void {
  const most = 2 * block.height * block.width * samples;
  if (isTiled && (isPlanar || counts.some((count) => count > most))) {
    throw new Error(
      `it holds JPEG in tiles ${isPlanar ? 'of one channel each' : 'that take twice as many bytes as their pixels'}; store it with ` +
        'LZW, deflate or none',
    );
  }
  blocks.forEach(({rows, columns}, i) => {
    const header = jpegHeader(bytes.subarray(offsets[i], offsets[i]! + counts[i]!));
    if (header.bits !== 8) throw new Error(`it holds JPEG of ${header.bits} bits; store it with LZW, deflate or none`);
    if (header.width < columns || header.height < rows) damaged();
  });
}
