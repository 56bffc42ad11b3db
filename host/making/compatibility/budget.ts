// How much work a comparison may be. Its schemas are strangers', and it runs on the host's main thread.

// Fifty steps per subschema of the largest schemas: honest ones need a handful.
const MAX_STEPS = 100_000;
// References nest further than the schema's text does, and every level costs stack.
const MAX_DEPTH = 100;

/** Counts steps and levels. */
export class Budget {
  #steps = MAX_STEPS;
  #depth = 0;

  /** Whether the steps are used up: nothing more can be shown. */
  get isSpent(): boolean {
    return this.#steps < 0;
  }

  /** Whether that many steps were left. */
  spend(steps: number): boolean {
    this.#steps -= steps;
    return !this.isSpent;
  }

  /** Answers a question one level deeper; what lies too deep is not shown. */
  within(answer: () => boolean): boolean {
    if (this.#depth >= MAX_DEPTH || !this.spend(1)) return false;
    this.#depth += 1;
    try {
      return answer();
    } finally {
      this.#depth -= 1;
    }
  }
}
