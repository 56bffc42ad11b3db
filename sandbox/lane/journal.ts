// The answers of a run in their order: those an earlier execution had, to be given again, and those this one has had.
//
// INVARIANT: an answer counts as had when the cell is told it, not when it comes: what a tool did follows from those alone.
// test/integration/jail/suspension.test.ts holds it.

import type { JournalEntry, WaitingCall } from '../contract.ts';
import { plainFailure, type Failure } from '../errors.ts';

/** Characters of arguments and answers that one run may gather: the host keeps them while the run lasts, and longer. */
export const MAX_JOURNAL = 8 * 1024 * 1024;

/** See the head of this file. */
export class Journal {
  readonly #given: readonly JournalEntry[];
  #givenByCall: ReadonlyMap<number, JournalEntry> | undefined;
  /** How many of the given ones are on their way to the run, or there. */
  #taken = 0;
  #had: JournalEntry[] = [];
  #length = 0;

  constructor(given: readonly JournalEntry[] = []) {
    this.#given = given;
  }

  /** Every answer the run has had. */
  get entries(): readonly JournalEntry[] {
    return this.#had;
  }

  /** Whether answers are left to be given again. */
  get isReplaying(): boolean {
    return this.#taken < this.#given.length;
  }

  /** The given answer for the call of this number, if that call was another one then. */
  findContradiction({ call, capability, args }: WaitingCall): JournalEntry | undefined {
    this.#givenByCall ??= new Map(this.#given.map((entry) => [entry.call, entry]));
    const entry = this.#givenByCall.get(call);
    return entry?.capability === capability && entry.args === args ? undefined : entry;
  }

  /** The first answer left that none of these calls asks for. */
  findUnasked(pending: ReadonlyMap<number, unknown>): JournalEntry | undefined {
    return this.#given.slice(this.#taken).find(({ call }) => !pending.has(call));
  }

  /** The answer to be given next. */
  takeNext(): JournalEntry | undefined {
    const entry = this.#given[this.#taken];
    this.#taken += 1;
    return entry;
  }

  /** Notes that the run has an answer; false, and nothing noted, when that is more than it may gather. */
  note(entry: JournalEntry): boolean {
    const length = this.#length + entry.args.length + entry.value.length;
    if (length > MAX_JOURNAL) return false;
    this.#length = length;
    this.#had.push(entry);
    return true;
  }

  /** The latest failure with this code that the host gave as an answer. */
  findFailure(code: string): Failure | undefined {
    const failures = this.#had.filter(({ ok }) => !ok).map(({ value }) => JSON.parse(value) as Failure);
    const failure = failures.findLast((given) => given.code === code);
    return failure === undefined ? undefined : plainFailure(failure);
  }

  /** Begins again with what it was given. */
  rewind(): void {
    this.#taken = 0;
    this.#had = [];
    this.#length = 0;
  }
}
