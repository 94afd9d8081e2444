/** 10000 as "10,000". */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** 0.9834 as "98.3 %". */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}
