// Which line of a template each line of a rendered file came from, and how far the two read the same.

/** Parallel lists; index 0 is line 1 of the rendered file. */
export interface RenderedLines {
  /** The line of the template, 1-based. */
  readonly lines: readonly number[];
  /** How many characters the two lines share from their start: within them, columns are the same in both. */
  readonly columns: readonly number[];
}

/** Compares a rendered file with its template, given the template line of each of its lines. */
export function compareLines(rendered: string, template: string, lines: readonly number[]): RenderedLines {
  const written = template.split('\n');
  const columns = rendered
    .split('\n')
    .slice(0, lines.length)
    .map((line, index) => sharedLength(line, written[(lines[index] ?? 0) - 1] ?? ''));
  return { lines, columns };
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
