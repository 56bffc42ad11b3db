// The output of a prompt's or a resource's run. There is no result that could say that it failed, so a failure is thrown.

import { CodedError, sandboxError, type Failure } from '#sandbox';
import type { TurnEnd } from '../conversation/converse.ts';

/** The parsed output of a run that ended well. @throws the failure of one that did not, with its run's id */
export function outputOf(end: Exclude<TurnEnd, { readonly kind: 'input-required' }>): unknown {
  // Only tools work as tasks.
  if (end.kind === 'background') throw unfit(end.subject.subject, 'a result');
  const { runId, outcome } = end.executed;
  if (!outcome.ok) throw new CodedError(withRun(outcome.failure, runId));
  return outcome.output === undefined ? undefined : JSON.parse(outcome.output);
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
