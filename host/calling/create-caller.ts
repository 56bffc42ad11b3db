// The calling path: exists, visible, admitted, input, run, output, recorded.
//
// SECURITY: the order is the guarantee. Steps 4–6 happen inside the jailed cell, and nobody gets a result that is not in the
// ledger. test/escape/calling.test.ts holds it.

import { randomBytes } from 'node:crypto';

import { isCodedError, plainFailure, type Bill, type RunEvents, type RunOutcome, type Sandbox } from '#sandbox';
import { createId, sha256, type Clock } from '#host/base';
import type { Ledger, RunRecord } from '#host/ledger';
import { atSource, readOrigin, type Registry, type ToolVersion } from '#host/registry';
import type { Quarantine } from '#host/traffic';
import { inputText } from './input-text.ts';
import type { Caller, ToolCall, ToolCallResult } from './types.ts';

/** What calling needs. */
export interface CallerDeps {
  readonly sandbox: Sandbox;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly quarantine: Quarantine;
  readonly clock: Clock;
}

/** Calls tools. */
export function createCaller(deps: CallerDeps): Caller {
  return { call: (call) => callTool(call, deps) };
}

async function callTool(call: ToolCall, deps: CallerDeps): Promise<ToolCallResult> {
  const { sandbox, registry, quarantine, clock } = deps;
  const { tenant } = call.principal;
  const input = inputText(call.input);
  const version = await registry.get(tenant, call.tool); // 1 it exists, 2 in the caller's tenant
  await quarantine.assertFree(tenant, version.tool, version.digest); // 3 it is in service; the jail queues and bounds
  const startedAt = clock.now();
  const run = { runId: createId('run', startedAt), seed: randomBytes(16).toString('hex'), clockMs: startedAt };
  const { limits } = version.manifest;
  const { artifact } = version;
  const signal = call.signal === undefined ? {} : { signal: call.signal };
  // 4–6 input valid, run, output valid: all inside the jail
  const ended = await sandbox
    .run({ ...run, tenant, artifact, limits, input, grants: [], ...signal }, eventsOf(call))
    .catch(outcomeOfLostLane);
  const outcome = await atAuthorsLines(ended, registry, version);
  await record(deps, recordOf(call, version, { ...run, startedAt, input }, outcome), outcome); // 7
  return resultOf(run.runId, version, outcome);
}

function eventsOf({ onProgress }: ToolCall): RunEvents {
  return onProgress === undefined ? {} : { progress: onProgress };
}

/** A lane that went down took its run's bill with it. What may have run is recorded all the same. */
function outcomeOfLostLane(error: unknown): RunOutcome {
  if (!isCodedError(error) || error.code !== 'CELL_UNAVAILABLE') throw error;
  return { ok: false, failure: plainFailure(error), convicted: false, bill: NO_BILL, logs: [] };
}

const NO_BILL: Bill = {
  cpuMs: 0,
  wallMs: 0,
  heapUsedBytes: 0,
  cellRssPeakBytes: 0,
  bytesIn: 0,
  bytesOut: 0,
  hostCalls: 0,
};

/** An exception's stack names the lines its author wrote, not those of the script. */
async function atAuthorsLines(outcome: RunOutcome, registry: Registry, version: ToolVersion): Promise<RunOutcome> {
  if (outcome.ok || outcome.failure.code !== 'TOOL_THREW') return outcome;
  try {
    const { sourceMap } = await registry.getSource(version.tenant, `${version.tool}@${version.version}`);
    return { ...outcome, failure: atSource(outcome.failure, readOrigin(sourceMap)) };
  } catch {
    // The tool may have been removed while it ran. The run is recorded with the script's own positions.
    return outcome;
  }
}

function recordOf(
  { principal: { id: principal, tenant } }: ToolCall,
  { tool, version, digest, manifest: { limits } }: ToolVersion,
  run: Pick<RunRecord, 'runId' | 'seed' | 'clockMs' | 'startedAt'> & { readonly input: string },
  outcome: RunOutcome,
): RunRecord {
  const { bill, logs } = outcome;
  const inputDigest = sha256(run.input);
  const ended = outcome.ok
    ? ({ verdict: 'ok', output: outcome.output, outputDigest: sha256(outcome.output) } as const)
    : ({ verdict: 'failed', failure: outcome.failure } as const);
  return { ...run, ...ended, tenant, principal, tool, version, digest, inputDigest, limits, bill, logs };
}

/** Both books are written, whatever the other says: neither a conviction nor a run is lost with the other. */
async function record({ ledger, quarantine }: CallerDeps, run: RunRecord, outcome: RunOutcome): Promise<void> {
  const { tenant, digest, runId } = run;
  const isConvicted = !outcome.ok && outcome.convicted;
  const written = await Promise.allSettled([
    ledger.recordRun(run),
    isConvicted ? quarantine.convict(tenant, digest, { runId, code: outcome.failure.code }) : undefined,
  ]);
  for (const part of written) if (part.status === 'rejected') throw part.reason;
}

function resultOf(runId: string, { tool, version, digest }: ToolVersion, outcome: RunOutcome): ToolCallResult {
  const common = { runId, tool, version, digest, bill: outcome.bill, logs: outcome.logs };
  if (!outcome.ok) return { ...common, ok: false, failure: outcome.failure };
  return { ...common, ok: true, output: JSON.parse(outcome.output), content: outcome.content };
}
