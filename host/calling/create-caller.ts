// The calling path: exists, visible, admitted, input, run, output, recorded.
//
// SECURITY: the order is the guarantee. Steps 4–6 happen inside the jailed cell, and nobody gets a result that is not in the
// ledger. test/escape/calling.test.ts holds it.

import { randomBytes } from 'node:crypto';

import type { RunEvents, RunOutcome, Sandbox } from '#sandbox';
import { createId, hostError, sha256, type Clock } from '#host/base';
import type { Ledger, RunRecord } from '#host/ledger';
import { atSource, readOrigin, type Registry, type ToolVersion } from '#host/registry';
import type { Quarantine } from '#host/traffic';
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
  const ended = await sandbox.run({ ...run, tenant, artifact, limits, input, grants: [], ...signal }, eventsOf(call));
  const outcome = await atAuthorsLines(ended, registry, version);
  await record(deps, call, version, { ...run, startedAt, input }, outcome); // 7
  return resultOf(run.runId, version, outcome);
}

async function record(
  { ledger, quarantine }: CallerDeps,
  { principal }: ToolCall,
  { tool, version, digest, manifest }: ToolVersion,
  run: Pick<RunRecord, 'runId' | 'seed' | 'clockMs' | 'startedAt'> & { readonly input: string },
  outcome: RunOutcome,
): Promise<void> {
  const { tenant } = principal;
  if (!outcome.ok && outcome.convicted) {
    await quarantine.convict(tenant, digest, { runId: run.runId, code: outcome.failure.code });
  }
  const ended = outcome.ok
    ? ({ verdict: 'ok', output: outcome.output, outputDigest: sha256(outcome.output) } as const)
    : ({ verdict: 'failed', failure: outcome.failure } as const);
  await ledger.recordRun({
    ...run,
    ...ended,
    tenant,
    principal: principal.id,
    tool,
    version,
    digest,
    inputDigest: sha256(run.input),
    limits: manifest.limits,
    bill: outcome.bill,
    logs: outcome.logs,
  });
}

/** An exception's stack names the lines its author wrote, not those of the script. */
async function atAuthorsLines(outcome: RunOutcome, registry: Registry, version: ToolVersion): Promise<RunOutcome> {
  if (outcome.ok || outcome.failure.code !== 'TOOL_THREW') return outcome;
  const { sourceMap } = await registry.getSource(version.tenant, `${version.tool}@${version.version}`);
  return { ...outcome, failure: atSource(outcome.failure, readOrigin(sourceMap)) };
}

function resultOf(runId: string, { tool, version, digest }: ToolVersion, outcome: RunOutcome): ToolCallResult {
  const common = { runId, tool, version, digest, bill: outcome.bill, logs: outcome.logs };
  if (!outcome.ok) return { ...common, ok: false, failure: outcome.failure };
  return { ...common, ok: true, output: JSON.parse(outcome.output), content: outcome.content };
}

function eventsOf({ onProgress }: ToolCall): RunEvents {
  return onProgress === undefined ? {} : { progress: onProgress };
}

/** The caller's arguments as text: from here on only text crosses. @throws REQUEST_INVALID */
function inputText(input: unknown): string {
  try {
    return JSON.stringify(input ?? {});
  } catch (cause) {
    throw hostError('REQUEST_INVALID', 'the input cannot be written as JSON', undefined, { cause });
  }
}
