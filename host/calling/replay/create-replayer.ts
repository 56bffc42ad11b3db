// Replaying as one object, beside the caller: it needs the same jail and registry, and no way to write.

import { isCodedError, plainFailure, sandboxError, type Failure } from '#sandbox';
import type { Ledger, RunRecord, RunsQuery } from '#host/ledger';
import { replayRun, type ReplayRunDeps } from './replay-run.ts';
import type { Replay, Replayer, ReplayQuery } from './types.ts';

/** What replaying needs. */
export interface ReplayerDeps extends ReplayRunDeps {
  readonly ledger: Pick<Ledger, 'runs' | 'getRun'>;
}

const RUNS_PER_PAGE = 40;
/** Enough to keep the jail busy, and few enough that no replay waits long for its turn. */
const AT_ONCE = 4;

/** Replays what a ledger holds. */
export function createReplayer(deps: ReplayerDeps): Replayer {
  return {
    async replay({ tenant }, runId, signal) {
      return replayRun(await deps.ledger.getRun(tenant, runId), signal, deps);
    },
    async *replayAll({ principal, signal, ...query }: ReplayQuery) {
      for await (const page of pagesOf(principal.tenant, query, deps.ledger)) {
        for (let from = 0; from < page.length; from += AT_ONCE) {
          const some = page.slice(from, from + AT_ONCE);
          yield* await Promise.all(some.map((record) => replayOrSayWhyNot(record, signal, deps)));
        }
      }
    },
  };
}

async function* pagesOf(
  tenant: RunRecord['tenant'],
  query: RunsQuery,
  ledger: ReplayerDeps['ledger'],
): AsyncGenerator<readonly RunRecord[]> {
  let last: RunRecord | undefined;
  do {
    const after: RunsQuery = last === undefined ? query : { ...query, olderThan: last.runId };
    const page = await ledger.runs(tenant, { ...after, limit: RUNS_PER_PAGE });
    yield page;
    last = page.at(-1);
  } while (last !== undefined);
}

async function replayOrSayWhyNot(
  record: RunRecord,
  signal: AbortSignal | undefined,
  deps: ReplayerDeps,
): Promise<Replay> {
  try {
    if (isStopped(signal)) throw sandboxError('RUN_CANCELLED', 'stopped on request');
    return await replayRun(record, signal, deps);
  } catch (error) {
    if (isStopped(signal) || !isCodedError(error)) throw error;
    return impossible(record, plainFailure(error));
  }
}

function impossible({ runId, tool, version, startedAt }: RunRecord, failure: Failure): Replay {
  return { runId, tool, version, startedAt, verdict: 'impossible', failure };
}

function isStopped(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
