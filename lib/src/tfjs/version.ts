/** The version whose insides this folder knows: nothing of them is public, and any other may have others. */
export const KNOWN_VERSION = '4.22.0';

/** @throws Error for another version of TensorFlow.js: better at once than wrong numbers later. */
export function checkVersion(versions: Record<string, string>): void {
  for (const part of ['tfjs-node', 'tfjs-core', 'tfjs-layers']) {
    if (versions[part] === KNOWN_VERSION) continue;
    throw new Error(
      `convlab: ${part} must be ${KNOWN_VERSION}, got ${versions[part] ?? 'none'}; run npm install @tensorflow/tfjs-node@${KNOWN_VERSION}`,
    );
  }
}
