// One execution of a subject: run in the jail, written down, told. Whatever calls something goes through here.
//
// SECURITY: the order is the guarantee. Nobody gets an outcome that is not in the ledger, and a version out of service does
// not run, however the call began. test/escape/calling.test.ts and test/integration/conversations.test.ts hold it.

import { randomBytes } from 'node:crypto';

import {
  engineIn,
  isCodedError,
  plainFailure,
  type Bill,
  type ClientFeatures,
  type JournalEntry,
  type Profile,
  type RunEvents,
  type RunOutcome,
  type Sandbox,
  type WaitingCall,
} from '#sandbox';
import { createId, sha256, type Clock } from '#host/base';
import type { Capabilities } from '#host/capabilities';
import { RECORD_FORMAT, type Ledger, type RunRecord } from '#host/ledger';
import { atSource, readOrigin } from '#host/registry';
import { chooseProfile, type ProfilePolicy, type Quarantine } from '#host/traffic';
import { reachOf, type Reaching } from './reach.ts';
import type { Subject } from './subject.ts';
import type { CallBase } from './types.ts';

/** What an execution does besides follows from its subject, its input and this. */
export interface Beginning {
  readonly seed: string;
  readonly clockMs: number;
  /** What the client could do when the call began. @default there is none */
  readonly client?: ClientFeatures;
  /** The answers an earlier execution had, and those it waited for. */
  readonly journal?: readonly JournalEntry[];
  /** The id of that execution. */
  readonly continues?: string;
}

/** What is executed, and for whom. */
export interface Execution extends Pick<Reaching, 'client' | 'answers' | 'inTask'> {
  readonly call: CallBase;
  readonly subject: Subject;
  /** JSON text. */
  readonly input: string;
  readonly beginning: Beginning;
  /** Elapsed time it may take. @default the subject's limit */
  readonly wallMs?: number;
}

/** What came of it. */
export interface Executed {
  readonly runId: string;
  readonly profile: Profile;
  readonly outcome: RunOutcome;
}

/** What executing needs. */
export interface ExecuteDeps {
  readonly sandbox: Pick<Sandbox, 'run'>;
  readonly ledger: Pick<Ledger, 'recordRun'>;
  readonly quarantine: Pick<Quarantine, 'assertFree' | 'convict'>;
  readonly capabilities: Capabilities;
  readonly profiles: ProfilePolicy;
  readonly clock: Clock;
}

/** A fresh beginning. */
export function begin(clock: Clock, client?: ClientFeatures): Beginning {
  const beginning = { seed: randomBytes(16).toString('hex'), clockMs: clock.now() };
  return client === undefined ? beginning : { ...beginning, client };
}

/**
 * Executes, and writes down what came of it.
 *
 * @throws TOOL_QUARANTINED; HOST_BUSY, HOST_STOPPING, RUN_CANCELLED when it did not start
 * @throws STORE_BUSY, STORE_FULL, STORE_FAILED when it could not be recorded
 */
export async function execute(execution: Execution, deps: ExecuteDeps): Promise<Executed> {
  const { call, subject, input, beginning, wallMs } = execution;
  const { tenant, artifact } = subject;
  await deps.quarantine.assertFree(tenant, subject.subject, subject.digest);
  const startedAt = deps.clock.now();
  const runId = createId('run', startedAt);
  const limits = wallMs === undefined ? subject.limits : { ...subject.limits, wallMs };
  const { seed, clockMs, client: seen, journal } = beginning;
  const { grants, hostCall } = reachOf(seen === undefined ? execution : { ...execution, seen }, deps.capabilities);
  const profile = chooseProfile(deps.profiles, tenant);
  const request = { runId, tenant, artifact, limits, profile, input, seed, clockMs, grants };
  const optional = {
    ...(seen === undefined ? {} : { client: seen }),
    ...(journal === undefined ? {} : { journal }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  };
  const ended = await deps.sandbox.run({ ...request, ...optional }, eventsOf(call, hostCall)).catch(outcomeOfLostLane);
  const outcome = ended.ok ? ended : await atAuthorsLines(ended, subject);
  await record(deps, recordOf(execution, { runId, engine: engineIn(profile), startedAt, limits }, outcome), outcome);
  return { runId, profile, outcome };
}

function eventsOf({ onProgress, onLog }: CallBase, hostCall: RunEvents['hostCall']): RunEvents {
  return {
    ...(onProgress === undefined ? {} : { progress: onProgress }),
    ...(onLog === undefined ? {} : { log: onLog }),
    ...(hostCall === undefined ? {} : { hostCall }),
  };
}

/** A lane that went down took its run's bill with it. What may have run is recorded all the same. */
function outcomeOfLostLane(error: unknown): RunOutcome {
  if (!isCodedError(error) || error.code !== 'CELL_UNAVAILABLE') throw error;
  return { ok: false, failure: plainFailure(error), convicted: false, bill: NO_BILL, logs: [], journal: [] };
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

/** What came of a run that did not end well: an exception's stack names the lines its author wrote, not the script's. */
export async function atAuthorsLines(
  outcome: RunOutcome & { readonly ok: false },
  subject: Subject,
): Promise<RunOutcome & { readonly ok: false }> {
  if (outcome.failure.code !== 'TOOL_THREW') return outcome;
  try {
    return { ...outcome, failure: atSource(outcome.failure, readOrigin(await subject.getSourceMap())) };
  } catch {
    // It may have been removed while it ran. The run is recorded with the script's own positions.
    return outcome;
  }
}

function recordOf(
  { call: { principal }, subject, input, beginning }: Execution,
  run: Pick<RunRecord, 'runId' | 'engine' | 'startedAt' | 'limits'>,
  outcome: RunOutcome,
): RunRecord {
  const { subject: tool, version, digest, tenant } = subject;
  const { seed, clockMs, client, continues } = beginning;
  const { bill, logs, journal } = outcome;
  return {
    format: RECORD_FORMAT,
    ...run,
    ...verdictOf(outcome),
    tenant,
    principal: principal.id,
    tool,
    version,
    digest,
    seed,
    clockMs,
    bill,
    logs,
    input,
    inputDigest: sha256(input),
    ...(client === undefined ? {} : { client }),
    ...(journal.length === 0 ? {} : { journal, journalDigest: sha256(JSON.stringify(journal)) }),
    ...(continues === undefined ? {} : { continues }),
  };
}

type Verdict = Pick<
  RunRecord,
  'verdict' | 'failure' | 'waiting' | 'output' | 'outputDigest' | 'content' | 'contentDigest'
>;

function verdictOf(outcome: RunOutcome): Verdict {
  if (isSuspended(outcome)) return { verdict: 'suspended', waiting: outcome.waiting };
  if (!outcome.ok) return { verdict: 'failed', failure: outcome.failure };
  const { output, content } = outcome;
  return {
    verdict: 'ok',
    ...(output === undefined ? {} : { output, outputDigest: sha256(output) }),
    ...(content.length === 0 ? {} : { content, contentDigest: sha256(JSON.stringify(content)) }),
  };
}

/** A run that ended because it waits for its client. */
export type SuspendedOutcome = RunOutcome & { readonly ok: false; readonly waiting: readonly WaitingCall[] };

/** Whether a run ended because it waits for its client. */
export function isSuspended(outcome: RunOutcome): outcome is SuspendedOutcome {
  return !outcome.ok && outcome.waiting !== undefined;
}

/** Both books are written, whatever the other says: neither a conviction nor a run is lost with the other. */
async function record({ ledger, quarantine }: ExecuteDeps, run: RunRecord, outcome: RunOutcome): Promise<void> {
  const { tenant, digest, runId } = run;
  const isConvicted = !outcome.ok && outcome.convicted;
  const written = await Promise.allSettled([
    ledger.recordRun(run),
    isConvicted ? quarantine.convict(tenant, digest, { runId, code: outcome.failure.code }) : undefined,
  ]);
  for (const part of written) if (part.status === 'rejected') throw part.reason;
}
