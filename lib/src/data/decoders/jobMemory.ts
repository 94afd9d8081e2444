import type {Picture} from './decode';
import type {Place} from './threadProtocol';

/**
 * Memory that a thread and who asks it share, for the pictures of one job after the other. Used again, as a system takes its
 * time over new memory: of the pages that a picture of 100 × 100 pixels fills, up to as long as over decoding it.
 */
export class JobMemory {
  private bytes = new Uint8Array(new SharedArrayBuffer(2 ** 16));
  private filled = 0;
  private shown: SharedArrayBuffer | undefined;

  /** For the next job. */
  clear(): void {
    this.filled = 0;
  }

  /** Puts a picture behind the one before, from a multiple of four on. */
  put({pixels, ...size}: Picture): Place {
    const {buffer, byteOffset, byteLength} = pixels;
    const offset = this.filled;
    this.filled = 4 * Math.ceil((offset + byteLength) / 4);
    if (this.filled > this.bytes.length) {
      const larger = new Uint8Array(new SharedArrayBuffer(2 * this.filled));
      larger.set(this.bytes.subarray(0, offset));
      this.bytes = larger;
    }
    this.bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    return {...size, depth: pixels.constructor.name as Place['depth'], offset};
  }

  /** The memory, if it is another than when this was asked last. */
  news(): SharedArrayBuffer | undefined {
    const {buffer} = this.bytes;
    if (buffer === this.shown) return undefined;
    return (this.shown = buffer);
  }
}
