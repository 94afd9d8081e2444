import fs from 'node:fs/promises';

/** How the names of picture files end. */
export const ENDING = /\.(png|jpe?g|jpe|jfif|gif|bmp|dib|webp|tiff?|avif|svg|heic|heif)$/i;

/** What the first bytes of pictures are, as Latin-1, for files whose names end in nothing. */
const BEGINNINGS = [
  /^\xff\xd8\xff/, // JPEG
  /^\x89PNG\r\n/,
  /^GIF8/,
  /^BM.{4}\0\0\0\0/s, // BMP
  /^RIFF.{4}WEBP/s,
  /^(II\*\0|MM\0\*|II\+\0|MM\0\+)/, // TIFF, BigTIFF
  /^.{4}ftyp(avif|heic|heix|mif1)/s,
];

/** Whether a file begins as pictures do. What can't be read does: reading it will say so. */
export async function looksLikePicture(file: string): Promise<boolean> {
  try {
    const handle = await fs.open(file);
    try {
      const {buffer, bytesRead} = await handle.read(Buffer.alloc(16), 0, 16, 0);
      const beginning = buffer.toString('latin1', 0, bytesRead);
      return BEGINNINGS.some((pattern) => pattern.test(beginning));
    } finally {
      await handle.close();
    }
  } catch {
    return true;
  }
}
