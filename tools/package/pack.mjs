import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {inLib} from '../../lib/setup/project.mjs';
import {temporary} from '../places/place.mjs';

/** Packs lib/ as `npm publish` would. @returns The file. */
export function pack() {
  const folder = temporary('pack');
  const {status, stdout, stderr} = spawnSync(
    'npm',
    ['pack', '--json', '--ignore-scripts=false', '--pack-destination', folder],
    {
      cwd: inLib(),
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`npm pack: ${stderr}`);
  const [{filename}] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  return path.join(folder, filename);
}
