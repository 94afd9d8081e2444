import fs from 'node:fs/promises';
import {formatOf, SEEN} from '../decoders/format';

/** How the names of picture files end. */
export const ENDING = /\.(png|jpe?g|jpe|jfif|gif|bmp|dib|webp|tiff?|avif|svg|heic|heif)$/i;

/** A text, too, may begin with BM; a BMP has zeros behind its length. */
const BMP = /^BM.{4}\0\0\0\0/s;

/** Whether a file begins as pictures do. What can't be read does: reading it will say so. */
export async function looksLikePicture(file: string): Promise<boolean> {
  try {
    const handle = await fs.open(file);
    try {
      const {buffer, bytesRead} = await handle.read(Buffer.alloc(SEEN), 0, SEEN, 0);
      const format = formatOf(buffer.subarray(0, bytesRead));
      return format === 'BMP' ? BMP.test(buffer.toString('latin1', 0, 10)) : format !== undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return true;
  }
}
