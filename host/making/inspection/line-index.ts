// Which line a character is on, for texts of which perhaps nobody asks.

/** Line from 1 and column from 0 of a character. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
}

/** Answers for one text; where its lines start is worked out with the first question. */
export function createLineIndex(text: string): (index: number) => LinePlace {
  let starts: readonly number[] | undefined;
  return (index) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: index - (starts[low] ?? 0) };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
