const PATIENCE = 4000;

/**
 * Whether a host answers within seconds, whatever it answers. Behind a proxy, which fetch doesn't use, only the
 * program that downloads can tell, so there the answer is yes.
 */
export async function reachable(url) {
  if (process.env.https_proxy ?? process.env.HTTPS_PROXY) return true;
  try {
    await fetch(url, {method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE)});
    return true;
  } catch {
    return false;
  }
}
