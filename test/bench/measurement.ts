// What a bench reports: a figure, the floor or peer of the same run, and their ratio against the aim.

/** One row of the table. A name that begins with two spaces is a part of the row above that has none. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'ms' | 'calls/s' | 'ms CPU' | '%';
  readonly value: number;
  /** What it is measured against, side by side. */
  readonly against?: { readonly name: string; readonly value: number };
  /** The ratio `value / against` should not exceed this. */
  readonly aim?: number;
}

/** How many times the floor a figure is. */
export function ratioOf({ value, against }: Measurement): number | undefined {
  return against === undefined ? undefined : value / against.value;
}

/** One line for each row that misses its aim, with its parts, largest first. */
export function describeMisses(rows: readonly Measurement[]): string {
  const misses = rows.flatMap((row, index) => {
    const { name, aim = Infinity } = row;
    const ratio = ratioOf(row) ?? 0;
    if (ratio <= aim) return [];
    const parts = partsOf(rows.slice(index + 1)).toSorted((a, b) => b.value - a.value);
    const where = parts.map((part) => `${part.name.trim()} ${part.value.toFixed(2)} ${part.unit}`).join(', ');
    return [`missed: ${name}: ${ratio.toFixed(2)} × of ≤ ${aim} ×; where it goes: ${where}`];
  });
  return misses.length === 0 ? 'Every aim is met.' : misses.join('\n');
}

function partsOf(following: readonly Measurement[]): readonly Measurement[] {
  const end = following.findIndex(({ name }) => !name.startsWith('  '));
  return end < 0 ? following : following.slice(0, end);
}
