const ORIENTATION = 0x112;
/** By the type of its number: 16 bits, as the standard has it, but some programs write a byte or 32 bits. */
const NUMBERS: Record<number, (view: DataView, at: number, little: boolean) => number> = {
  1: (view, at) => view.getUint8(at),
  3: (view, at, little) => view.getUint16(at, little),
  4: (view, at, little) => view.getUint32(at, little),
};

/**
 * How the camera was held, from the TIFF directory that EXIF is: 1 (upright) to 8. What can't be read counts as upright, as in
 * other programs; undefined when nothing is said.
 */
export function orientationOf(exif: Uint8Array): number | undefined {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  const order = view.byteLength < 14 ? 0 : view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  const start = view.getUint32(4, little);
  if (view.getUint16(2, little) !== 42 || start + 2 > view.byteLength) return undefined;
  const entries = view.getUint16(start, little);
  for (let i = 0, at = start + 2; i < entries && at + 12 <= view.byteLength; i++, at += 12) {
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = NUMBERS[view.getUint16(at + 2, little)]?.(view, at + 8, little) ?? 1;
    return value >= 1 && value <= 8 ? value : 1;
  }
  return undefined;
}

/** The same from XMP, Adobe's description in XML. It counts where EXIF says nothing, as in Pillow. */
export function orientationInXmp(xmp: Uint8Array | undefined): number | undefined {
  const text = Buffer.from(xmp ?? []).toString('latin1');
  const [, value] = /tiff:Orientation(?:\s*=\s*["']|>)([1-8])/.exec(text) ?? [];
  return value === undefined ? undefined : Number(value);
}
