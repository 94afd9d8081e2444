import fs from 'node:fs/promises';
import path from 'node:path';
import {CallError} from '../../arguments/publicCall';
import {inWords} from '../../files/errors';
import type {Skipped} from '../imageDataset';
import {ENDING, looksLikePicture} from './pictureFiles';

/** A picture in a folder. */
export interface Found {
  /** Where it lies. */
  file: string;
  /** What to call it: the same path, or, in a .zip, the archive's with the path in it. */
  name: string;
  /** Its path from the folder that was walked through, with / on every system: `train/red/1.png`. */
  path: string;
}

/** What a folder holds, at any depth, in the order of the alphabet. */
export interface Walked {
  pictures: Found[];
  /** Paths of all folders, as those of pictures. */
  folders: string[];
  /** What is there and can't be read: links that lead nowhere, what one may not look into. */
  unreadable: Skipped[];
  /** What is no picture. */
  others: Skipped[];
}

/** What systems and programs leave behind: macOS, Windows, Synology's disks. */
const SYSTEM =
  /^(\..*|__MACOSX|Thumbs\.db|ehthumbs\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information|@eaDir)$/i;

/**
 * Looks through a folder and all that are in it. Links are followed, but not into a folder that leads there.
 *
 * @param called what to call the folder
 * @throws CallError when the folder itself can't be read
 */
export async function walk(dir: string, called: string): Promise<Walked> {
  const walked: Walked = {pictures: [], folders: [], unreadable: [], others: []};
  await look({dir, called, from: ''}, [await realPath(dir)], walked);
  return walked;
}

async function realPath(dir: string): Promise<string> {
  return fs.realpath(dir).catch((error: unknown) => {
    throw new CallError(`${dir}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  });
}

interface Place {
  dir: string;
  called: string;
  /** Its path from the folder that is walked through. */
  from: string;
}

/** What stands before a name in a folder's paths. The three paths of 60,000 files keep 56 MB by path.join, and by this 11. */
function pathTo(dir: string): string {
  return path.join(dir, 'x').slice(0, -1);
}

async function look({dir, called, from}: Place, above: readonly string[], walked: Walked): Promise<void> {
  const {pictures, folders, unreadable, others} = walked;
  const entries = await fs.readdir(dir, {withFileTypes: true}).catch((error: unknown) => {
    const reason = inWords(error as NodeJS.ErrnoException);
    if (from === '') throw new CallError(`${called}: ${reason}`, {cause: error});
    unreadable.push({file: called, reason});
    return [];
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const [here, named] = [pathTo(dir), pathTo(called)];
  for (const entry of entries) {
    const {name} = entry;
    const file = here + name;
    const shown = dir === called ? file : named + name;
    const at = from === '' ? name : `${from}/${name}`;
    if (SYSTEM.test(name)) {
      others.push({file: shown, reason: 'hidden, or of the system'});
      continue;
    }
    // A link is what it leads to; some file systems don't say what an entry is.
    const stats = entry.isFile() || entry.isDirectory() ? entry : await fs.stat(file).catch(() => undefined);
    if (stats === undefined) {
      if (ENDING.test(name) || path.extname(name) === '') unreadable.push({file: shown, reason: await deadLink(file)});
      else others.push({file: shown, reason: notRead(name)});
    } else if (stats.isDirectory()) {
      const real = entry.isDirectory() ? file : await realPath(file);
      if (entry.isSymbolicLink() && above.includes(real)) {
        others.push({file: shown, reason: 'a link to a folder that it lies in'});
        continue;
      }
      folders.push(at);
      await look({dir: file, called: shown, from: at}, [...above, await realPath(file)], walked);
    } else if (!stats.isFile()) {
      others.push({file: shown, reason: 'neither a file nor a folder'});
    } else if (ENDING.test(name) || (path.extname(name) === '' && (await looksLikePicture(file)))) {
      pictures.push({file, name: shown, path: at});
    } else {
      others.push({file: shown, reason: notRead(name)});
    }
  }
}

const NO_PICTURE = 'no picture by its name';
const NOT_READ = "a picture of a kind that isn't read; save it as PNG or TIFF";
/** How the names of pictures end that other programs read, of cameras, microscopes and scanners. */
const OTHER_PICTURE =
  /\.(p[bgnp]m|pfm|jp2|j2k|jpx|jxl|dcm|dicom|nii(\.gz)?|psd|tga|pcx|ico|exr|hdr|cr[23]|nef|arw|dng|orf|rw2|raf|czi|nd2|lif|oib|oif|vsi)$/i;

function notRead(name: string): string {
  return OTHER_PICTURE.test(name) ? NOT_READ : NO_PICTURE;
}

async function deadLink(file: string): Promise<string> {
  const target = await fs.readlink(file).catch(() => undefined);
  return target === undefined ? "it can't be read" : `it is a link to ${target}, which isn't there`;
}
