// A recorded run, done again: the words for what came of it.

import type { Failure } from '#sandbox';
import type { Principal } from '#host/base';
import type { RunRecord, RunsQuery } from '#host/ledger';

/** A part of what a run came to. */
export type ReplayedPart = 'verdict' | 'failure' | 'waiting' | 'output' | 'content' | 'log';

/** Where a run and its replay first differ. */
export interface Divergence {
  readonly part: ReplayedPart;
  /** Which log line, from 1; absent for other parts. */
  readonly line?: number;
  /** Characters they have in common before; absent where the recorded text was too large to keep. */
  readonly offset?: number;
  /** Both from a little before that on, cut short. Of a text that was not kept: its SHA-256. */
  readonly recorded: string;
  readonly replayed: string;
}

/** What a replay came to. */
export type Replay = Pick<RunRecord, 'runId' | 'tool' | 'version' | 'startedAt'> & {
  /** ENGINE_DIFFERS, when it was recorded on another engine: then a divergence may be the engine's. */
  readonly warning?: Failure;
} & (
    | { readonly verdict: 'identical' }
    | { readonly verdict: 'diverged'; readonly divergence: Divergence }
    /** There is not enough on record, or its version is gone. */
    | { readonly verdict: 'impossible'; readonly failure: Failure }
  );

/** Which runs to do again. */
export interface ReplayQuery extends Pick<RunsQuery, 'tool' | 'since' | 'until'> {
  readonly principal: Principal;
  readonly signal?: AbortSignal;
}

/**
 * Does recorded runs again, of tools, prompts and resources: the recorded version with its input, seed, clock, limits and
 * answers. Nothing outside is asked, nobody is convicted or billed, and nothing is written down. A version in quarantine is
 * replayed like any other: whoever wants to know what it did may look.
 */
export interface Replayer {
  /**
   * One run.
   *
   * @throws RUN_NOT_FOUND, VERSION_NOT_FOUND
   * @throws REPLAY_IMPOSSIBLE with `data.reason` when the record does not say enough
   * @throws HOST_BUSY, HOST_STOPPING, RUN_CANCELLED, and whatever else keeps the jail from running it
   */
  replay(principal: Principal, runId: string, signal?: AbortSignal): Promise<Replay>;
  /** Many runs, newest first, a few at a time; what `replay` throws of one run is `impossible`. @throws RUN_CANCELLED, STORE_… */
  replayAll(query: ReplayQuery): AsyncIterable<Replay>;
}
