import fs from 'node:fs';
import {inLib} from '../../lib/setup/project.mjs';

/** What lies at the clone's root and goes into the package. */
export const COPIES = ['README.md', 'LICENSE', 'CHANGELOG.md'];

export function removeCopies() {
  for (const name of [...COPIES, 'notebooks']) fs.rmSync(inLib(name), {recursive: true, force: true});
}
