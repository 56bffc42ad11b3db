// What a run of a tool came to, as its caller gets it.

import type { Executed } from './execute.ts';
import type { Subject } from './subject.ts';
import type { ToolCallResult } from './types.ts';

/** The result of a tool's run. */
export function toolResult(
  { subject: tool, version, digest }: Subject,
  { runId, profile, outcome }: Executed,
): ToolCallResult {
  const common = { runId, tool, version, digest, profile, bill: outcome.bill, logs: outcome.logs };
  if (!outcome.ok) return { ...common, ok: false, failure: outcome.failure };
  const { output, content } = outcome;
  return { ...common, ok: true, ...(output === undefined ? {} : { output: JSON.parse(output) as unknown }), content };
}
