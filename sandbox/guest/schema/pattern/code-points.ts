// Sets of characters as ranges of code points.

/** Inclusive ranges, in any order, possibly overlapping. */
export type CodePoints = readonly (readonly [number, number])[];

const LAST = 0x10ffff;
const DIGITS: CodePoints = [[0x30, 0x39]];
const WORD: CodePoints = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const LINE_ENDS: CodePoints = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const SPACE: CodePoints = [
  ...LINE_ENDS,
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** What `\d`, `\w`, `\s`, their opposites and `.` stand for; `any` also stands for `\p{…}`, whatever it names. */
export const CHARACTER_CLASSES = {
  any: [[0, LAST]],
  dot: complement(LINE_ENDS),
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
} as const satisfies Record<string, CodePoints>;

/** Every code point that is not in the set. */
export function complement(set: CodePoints): CodePoints {
  const gaps: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of set.toSorted((a, b) => a[0] - b[0])) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
}

/** One bit mask per set, such that two sets share a character exactly when their masks share a bit. */
export function toMasks(sets: readonly CodePoints[]): readonly bigint[] {
  const starts = new Set(sets.flat().flatMap(([from, to]) => [from, to + 1]));
  const cuts = [...starts].toSorted((a, b) => a - b);
  return sets.map((set) => {
    let mask = 0n;
    for (const [bit, cut] of cuts.entries()) {
      if (set.some(([from, to]) => from <= cut && cut <= to)) mask |= 1n << BigInt(bit);
    }
    return mask;
  });
}
