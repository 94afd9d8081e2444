/** A figure with numbers rounded and pictures shortened: what a snapshot should hold. */
export function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 1e4) / 1e4;
  if (typeof value === 'string') return value.replace(/^data:image\/png;base64,.*$/, 'data:image/png;base64,…');
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}
