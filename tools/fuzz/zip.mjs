// Zip archives with true checksums around damaged entries.
import {Uint8ArrayReader, Uint8ArrayWriter, ZipWriter} from '@zip.js/zip.js';

/** @type {(entries: [name: string, data: Uint8Array][]) => Promise<Uint8Array>} An archive of entries stored as they are. */
export async function zip(entries) {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {useWebWorkers: false, level: 0, dataDescriptor: false});
  for (const [name, data] of entries) await writer.add(name, new Uint8ArrayReader(data));
  return writer.close();
}
