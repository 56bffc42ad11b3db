// How an attack ended, and the words for what is not as it must be.

import type { CallEnd } from '#sandbox';
import type { Check, Problem } from './trial.ts';

/** How an attack ended. */
export interface Ending {
  /** Absent where it ended in an answer. */
  readonly code?: string;
  readonly problems: readonly Problem[];
}

/** What came of a request that may fail. */
export type Attempt<T> = { readonly value: T } | { readonly error: unknown };

/** Longest excerpt of what an attack said. */
const MAX_DETAIL = 500;

/** Waits for something that may fail. */
export async function attempt<T>(work: Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}

/** An ending with this code, if there is one. */
export function endingOf(problems: readonly Problem[], code?: string): Ending {
  return { problems, ...(code === undefined ? {} : { code }) };
}

/** A problem. */
export function problem(check: Check, detail: string): Problem {
  return { check, detail: detail.slice(0, MAX_DETAIL) };
}

/** None where it holds. */
export function problemUnless(holds: boolean, check: Check, detail: string): readonly Problem[] {
  return holds ? [] : [problem(check, detail)];
}

/** The problem of a check that throws. */
export async function problemsOf(check: Check, work: Promise<void>): Promise<readonly Problem[]> {
  const result = await attempt(work);
  return 'error' in result ? [problem(check, String(result.error))] : [];
}

/** Whether an attack may end with a code. What the kernel's memory limit ends in one profile, the lane ends in the other. */
export function mayEndWith(ends: CallEnd, code: string): boolean {
  if (!('codes' in ends)) return false;
  return ends.codes.includes(code) || (code === 'LIMIT_RSS' && ends.codes.includes('RUN_CRASHED'));
}
