// One recorded run, done again.
//
// SECURITY: a replay has no way out: no host call is answered but from the record, and sleeps are not slept.
// test/integration/replay.test.ts holds it.

import {
  CodedError,
  engineIn,
  LIMIT_CEILINGS,
  profileOf,
  type Failure,
  type Limits,
  type Profile,
  type RunOutcome,
  type RunRequest,
  type Sandbox,
} from '#sandbox';
import { hostFailure } from '#host/base';
import type { Capabilities } from '#host/capabilities';
import type { RunRecord } from '#host/ledger';
import type { Registry } from '#host/registry';
import { chooseProfile, type ProfilePolicy } from '#host/traffic';
import { atAuthorsLines } from '../execute.ts';
import { reachOf } from '../reach.ts';
import type { Subject } from '../subject.ts';
import { checkReplayable, type ReplayableRun } from './check-replayable.ts';
import { findDivergence } from './find-divergence.ts';
import { findRecordedVersion } from './find-recorded-version.ts';
import type { Replay } from './types.ts';

/** What replaying a run needs. */
export interface ReplayRunDeps {
  readonly sandbox: Pick<Sandbox, 'run'>;
  readonly registry: Pick<Registry, 'get' | 'getSource' | 'prompts' | 'resources'>;
  readonly capabilities: Capabilities;
  readonly profiles: ProfilePolicy;
}

/** See {@link Replayer.replay}. */
export async function replayRun(
  record: RunRecord,
  signal: AbortSignal | undefined,
  deps: ReplayRunDeps,
): Promise<Replay> {
  const recorded = checkReplayable(record);
  const subject = await findRecordedVersion(record, deps.registry);
  const profile = chooseProfile(deps.profiles, record.tenant, profileOf(record.engine ?? ''));
  const engine = engineIn(profile);
  const outcome = await runAgain(recorded, { subject, profile }, signal, deps);
  const divergence = findDivergence(recorded, outcome);
  const { runId, tool, version, startedAt } = record;
  return {
    runId,
    tool,
    version,
    startedAt,
    ...(record.engine === engine ? {} : { warning: engineDiffers(record.engine, engine) }),
    ...(divergence === undefined ? { verdict: 'identical' } : { verdict: 'diverged', divergence }),
  };
}

async function runAgain(
  recorded: ReplayableRun,
  { subject, profile }: { readonly subject: Subject; readonly profile: Profile },
  signal: AbortSignal | undefined,
  { sandbox, capabilities }: ReplayRunDeps,
): Promise<RunOutcome> {
  const { tenant, input, seed, clockMs, client, journal } = recorded;
  const { grants } = reachOf(client === undefined ? { subject } : { subject, seen: client }, capabilities);
  const request: RunRequest = {
    runId: `replay-${crypto.randomUUID()}`,
    tenant,
    artifact: subject.artifact,
    limits: limitsOf(recorded),
    profile,
    input,
    seed,
    clockMs,
    grants,
    isReplay: true,
    ...(client === undefined ? {} : { client }),
    ...(journal === undefined ? {} : { journal }),
    ...(signal === undefined ? {} : { signal }),
  };
  const outcome = await sandbox.run(request);
  if (outcome.ok) return outcome;
  // Not what the tool did, but what came in between.
  if (outcome.failure.fault === 'host' || outcome.failure.code === 'RUN_CANCELLED')
    throw new CodedError(outcome.failure);
  return atAuthorsLines(outcome, subject);
}

/** It waits for nothing, so elapsed time is the machine's, not the run's: that counts only for one that passed its limit. */
function limitsOf({ limits, failure }: RunRecord): Limits {
  if (failure?.code === 'LIMIT_WALL') return limits;
  return { ...limits, wallMs: Math.max(limits.wallMs, LIMIT_CEILINGS.wallMs) };
}

function engineDiffers(recorded: string | undefined, replayed: string): Failure {
  const message = `the run was recorded on ${recorded ?? 'an unknown engine'}, and replayed on ${replayed}`;
  return hostFailure('ENGINE_DIFFERS', `${message}; what differs may be the engine's doing`, {
    recorded: recorded ?? null,
    replayed,
  });
}
