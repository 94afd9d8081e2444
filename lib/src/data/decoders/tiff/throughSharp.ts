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
 * @throws Error when it is damaged, cut short, or of a kind that isn't read
 */
export async function readThroughSharp(
  bytes: Uint8Array,
  page: number,
  layout: Layout & {isRgb: boolean},
): Promise<Decoded> {
  const {samples, bits, compression, isRgb, height, width} = layout;
  const isFax = FAX.includes(compression);
  if (bits !== (isFax ? 1 : 8) || ![1, 3, isRgb ? 4 : 1].includes(samples)) {
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

/** What a JPEG has less than its strip or tile, libtiff makes up. */
function checkSizes(bytes: Uint8Array, {offsets, counts}: Layout, blocks: ReturnType<typeof blocksOf>): void {
  blocks.forEach(({rows, columns}, i) => {
    const header = jpegHeader(bytes.subarray(offsets[i], offsets[i]! + counts[i]!));
    if (header.bits !== 8) throw new Error(`it holds JPEG of ${header.bits} bits; store it with LZW, deflate or none`);
    if (header.width < columns || header.height < rows) damaged();
  });
}
