// The output of a prompt's or a resource's run. There is no result that could say that it failed, so a failure is thrown.

import { CodedError, sandboxError, type Failure } from '#sandbox';
import type { TurnEnd } from '../conversation/converse.ts';
import type { RunFacts } from '../types.ts';

/** What a run gave that ended well. */
export interface Given {
  /** Parsed. */
  readonly output: unknown;
  readonly run: RunFacts;
}

/** What a run gave. @throws the failure of one that did not end well, with its run's id */
export function givenBy(end: Exclude<TurnEnd, { readonly kind: 'input-required' }>): Given {
  const { version, digest, subject } = end.subject;
  // Only tools work as tasks.
  if (end.kind === 'background') throw unfit(subject, 'a result');
  const { runId, profile, outcome } = end.executed;
  if (!outcome.ok) throw new CodedError(withRun(outcome.failure, runId));
  const output: unknown = outcome.output === undefined ? undefined : JSON.parse(outcome.output);
  return { output, run: { runId, version, digest, profile, bill: outcome.bill } };
}

function withRun(failure: Failure, runId: string): Failure {
  return { ...failure, data: { ...failure.data, runId } };
}

/** The refusal of an output that is not what it should be. */
export function unfit(whose: string, what: string): Error {
  return sandboxError('OUTPUT_INVALID', `the output of ${whose} must be ${what}`);
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
