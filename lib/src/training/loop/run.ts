import {reporterFor, type Reporter, type Verbosity} from '../../progress/reporter';
import {Engine, type EngineOptions} from './engine';
import {Interrupt} from './interrupt';

/** What a call of `fit`, `evaluate` or `predict` works with. */
export interface Run<Data> {
  data: Data;
  engine: Engine;
  reporter: Reporter;
  interrupt: Interrupt;
}

/** Has something freed at the end of the run. */
export type Own = <T extends {readonly dispose: () => void}>(made: T) => T;

/** What a run needs to begin. */
export interface RunOptions<Data> {
  engine: EngineOptions;
  verbose: Verbosity;
  /** Checks the data. @param own Has what the checks have made freed at the end. */
  data: (own: Own) => Data;
}

/** The life of a run, from the checked data to the end, in which everything is given back, however the work ended. */
export async function withRun<Data, Result>(
  options: RunOptions<Data>,
  work: (run: Run<Data>) => Promise<Result>,
): Promise<Result> {
  const endings: (() => void)[] = [];
  try {
    const data = options.data((made) => {
      endings.push(() => {
        made.dispose();
      });
      return made;
    });
    const reporter = reporterFor(options.verbose);
    endings.push(() => {
      reporter.end();
    });
    const interrupt = new Interrupt();
    endings.push(() => {
      interrupt.close();
    });
    const engine = new Engine(options.engine);
    endings.push(() => {
      engine.dispose();
    });
    return await work({data, engine, reporter, interrupt});
  } finally {
    for (const end of endings.reverse()) end();
  }
}
