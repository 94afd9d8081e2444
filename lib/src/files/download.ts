/** Without a byte for so long, a connection counts as dead. */
const PATIENCE_SECONDS = 30;

/** What a download needs to know. */
export interface DownloadOptions {
  /** The most bytes to take; what is longer is refused, however long it says it is. */
  longest: number;
  /** Called after every piece with the bytes so far. */
  onProgress?: (received: number) => void;
  /** Seconds to wait for the next byte. Default 30. */
  patience?: number;
}

/**
 * Fetches a file into memory, through the proxy that `https_proxy` or `http_proxy` names, but for the hosts of `no_proxy`.
 *
 * @throws Error, with the address, when the server can't be reached, refuses, falls silent, breaks off or sends too much
 */
export async function download(address: string, options: DownloadOptions): Promise<Uint8Array> {
  const {longest, onProgress, patience = PATIENCE_SECONDS} = options;
  // Node's own fetch passes the proxies of universities and hospitals by. Loaded here, as most notebooks download nothing.
  const {EnvHttpProxyAgent, fetch} = await import('undici');
  const agent = new EnvHttpProxyAgent();
  const given = new AbortController();
  const giveUp = () => {
    given.abort(new Error(`no byte came for ${patience} s`));
  };
  let timer = setTimeout(giveUp, 1000 * patience);
  try {
    const response = await fetch(address, {signal: given.signal, dispatcher: agent});
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    const pieces: Uint8Array[] = [];
    let received = 0;
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, 1000 * patience);
      received += next.value.length;
      if (received > longest) throw new Error(`expected at most ${longest} bytes, and more came`);
      pieces.push(next.value);
      onProgress?.(received);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    given.abort();
    throw new Error(`${address}: ${reason(error as Error)}`, {cause: error});
  } finally {
    clearTimeout(timer);
    await agent.destroy();
  }
}

/** fetch says "fetch failed", and why in its cause. */
function reason({message, cause}: Error): string {
  const inner = cause as NodeJS.ErrnoException | undefined;
  return inner ? (inner.code ?? inner.message) : message;
}
