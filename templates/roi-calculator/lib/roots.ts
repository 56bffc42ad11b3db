// Where a polynomial is zero. Between two neighbouring zeros of its derivative a polynomial is monotone, so that
// bisection finds the one zero there, or shows that there is none: no grid, no starting guess, nothing missed but a
// touch that rounding hides.

/** Coefficients in ascending order: `[c0, c1, c2]` is c0 + c1·x + c2·x². */
export type Polynomial = readonly number[];

/** The zeros of a polynomial in (0, to], ascending and distinct. */
export function positiveRoots(polynomial: Polynomial, to: number): readonly number[] {
  const last = polynomial.findLastIndex((coefficient) => coefficient !== 0);
  if (last < 1) return [];
  const trimmed = polynomial.slice(0, last + 1);
  const edges = [0, ...positiveRoots(derivative(trimmed), to), to];
  const roots = new Set<number>();
  for (let index = 1; index < edges.length; index += 1) {
    const root = monotoneRoot(trimmed, edges[index - 1] ?? 0, edges[index] ?? to);
    if (root !== undefined && root > 0) roots.add(root);
  }
  return [...roots];
}

/** The polynomial at x, by Horner's rule. */
export function evaluate(polynomial: Polynomial, x: number): number {
  return polynomial.reduceRight((value, coefficient) => value * x + coefficient, 0);
}

function derivative(polynomial: Polynomial): Polynomial {
  return polynomial.slice(1).map((coefficient, index) => coefficient * (index + 1));
}

/** Bisects until the interval holds no further double. */
function monotoneRoot(polynomial: Polynomial, from: number, to: number): number | undefined {
  const start = Math.sign(evaluate(polynomial, from));
  const end = Math.sign(evaluate(polynomial, to));
  if (start === 0) return from;
  if (end === 0) return to;
  if (start === end) return undefined;
  let low = from;
  let high = to;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    const sign = Math.sign(evaluate(polynomial, middle));
    if (sign === 0) return middle;
    if (sign === start) low = middle;
    else high = middle;
  }
}
