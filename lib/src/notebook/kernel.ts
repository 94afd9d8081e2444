import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** One output in several forms, by MIME type: each viewer takes the richest that it can show. */
export interface Bundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** A place in a cell's output whose content can be replaced. */
export interface LiveDisplay {
  update(bundle: Bundle): void;
}

/** What convlab uses of the kernel that runs the notebook. */
export interface Kernel {
  display(bundle: Bundle): void;
  live(): LiveDisplay;
}

/** The displays below use tslab's insides, so they are bound to the version that they were tried with. */
const TSLAB_VERSION = '1.0.22';

interface DisplayData extends Bundle {
  transient: {display_id?: string};
}
interface TslabJupyter {
  lastWriteDisplayData: ((data: DisplayData, update: boolean) => void) | null;
}
type LoadedModules = Record<string, {exports: unknown} | undefined>;

/**
 * The tslab kernel that this code runs in, or undefined in any other program. It looks at what is loaded already and
 * never loads tslab: that would cost a second and a compiler's memory where no notebook is.
 *
 * @throws Error when the kernel is another version of tslab.
 */
export function findKernel(loaded: LoadedModules = require.cache): Kernel | undefined {
  for (const [file, module] of Object.entries(loaded)) {
    if (!/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file)) continue;
    const jupyter = module?.exports as TslabJupyter | undefined;
    // A global tslab may have handed over to the project's own: the one that runs cells can write displays.
    if (!jupyter?.lastWriteDisplayData) continue;
    checkVersion(file);
    return kernelOf(jupyter);
  }
  return undefined;
}

function kernelOf(jupyter: TslabJupyter): Kernel {
  // tslab replaces the function with every cell: look it up for each output.
  const write = (data: DisplayData, update: boolean): void => {
    jupyter.lastWriteDisplayData?.(data, update);
  };
  return {
    display: (bundle) => {
      write({...bundle, transient: {}}, false);
    },
    live: () => {
      const transient = {display_id: randomBytes(8).toString('hex')};
      let shown = false;
      return {
        update: (bundle) => {
          write({...bundle, transient}, shown);
          shown = true;
        },
      };
    },
  };
}

function checkVersion(file: string): void {
  const manifest = JSON.parse(readFileSync(join(file, '../../package.json'), 'utf8')) as {version: string};
  if (manifest.version !== TSLAB_VERSION) {
    throw new Error(
      `convlab shows pictures and charts through tslab ${TSLAB_VERSION}, but this kernel is tslab ${manifest.version}; ` +
        'run "npm run setup" in the project and choose its TypeScript kernel',
    );
  }
}
