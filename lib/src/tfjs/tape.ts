import {tf} from './tensorflow';

// A part of tfjs-core 4.22 that its declarations keep private.
interface EngineInside {
  state: {activeTape?: {saved?: tf.Tensor[]}[] | null};
}

/**
 * Frees what tfjs has put aside for a backward pass that won't come: when the forward pass fails, as a loss of the
 * user's own may, it leaves that behind. To be called while the failing function is still on its way out.
 */
export function releaseTape(): void {
  const {activeTape} = (tf.engine() as unknown as EngineInside).state;
  for (const {saved} of activeTape ?? []) tf.dispose(saved ?? []);
}
