// A head count from the way people write a company's size.

/** "500-1000" → 750, "1,000+" → 1000, 250 → 250; undefined when no number can be read. */
export function headcount(size: string | number | undefined): number | undefined {
  if (typeof size === 'number') return size;
  const match = /^\D*(\d[\d,]*)(?:\s*(?:-|–|—|to)\s*(\d[\d,]*))?/.exec(size ?? '');
  const low = readNumber(match?.[1]);
  const high = readNumber(match?.[2]);
  if (low === undefined) return undefined;
  return high === undefined ? low : Math.round((low + high) / 2);
}

function readNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text.replaceAll(',', ''));
}
