// What a lane and its cell say to each other: the headers of the frames; bodies are named beside each.
// The lane leads: a cell executes guest code only when told to, so the lane always knows whose code is running.
// A change here is a change of WIRE_VERSION.

import type { ClientFeatures } from './contract.ts';
import type { Failure } from './errors.ts';
import type { Limits } from './limits.ts';

/** First frame to a cell. Body: prelude script, then validator runtime script. */
export interface InitCell {
  readonly type: 'init';
  readonly wire: number;
  readonly preludeBytes: number;
}

/** Makes a version known. Body: script, validators, context, in this order. */
export interface LoadVersion {
  readonly type: 'load';
  readonly digest: string;
  readonly heapBytes: number;
  readonly scriptBytes: number;
  readonly validatorsBytes: number;
}

/** Starts a run's first turn. Body: the input. */
export interface StartRun {
  readonly type: 'start';
  readonly run: string;
  readonly digest: string;
  readonly seed: string;
  readonly clockMs: number;
  readonly grants: readonly string[];
  readonly client: ClientFeatures;
  readonly budgets: Pick<Limits, 'outputBytes' | 'logBytes' | 'hostCalls'>;
}

/** Gives a parked run an answer and the turn. Body: JSON text. */
export interface AnswerRun {
  readonly type: 'answer';
  readonly run: string;
  readonly call: number;
  readonly ok: boolean;
  readonly clockMs: number;
}

/** Ends a run, executing or parked: its isolate is disposed. Only an executing one's turn ends with an answer. */
export interface DropRun {
  readonly type: 'drop';
  readonly run: string;
}

/** Asks whether the cell listens: it answers {@link Pong} in turn, after all it was told before. */
export interface Ping {
  readonly type: 'ping';
}

/** Reads the schemas a script carries. Body: the script. */
export interface DescribeScript {
  readonly type: 'describe';
  readonly run: string;
  readonly heapBytes: number;
}

/** Everything a lane may say. */
export type ToCell = InitCell | LoadVersion | StartRun | AnswerRun | DropRun | DescribeScript | Ping;

/** First frame from a child. */
export interface Ready {
  readonly type: 'ready';
  readonly wire: number;
}

/** See {@link Ping}. */
export interface Pong {
  readonly type: 'pong';
}

/** Something a run said in its turn. Body: JSON text. */
export interface RunSaid {
  readonly type: 'said';
  readonly run: string;
  readonly kind: 'log' | 'progress' | 'call';
}

/** What a turn used. */
export interface TurnUsage {
  readonly cpuMs: number;
  readonly heapUsedBytes: number;
  readonly rssPeakBytes: number;
}

/** How a turn ended. Body of `done`: the output, then the content parts; without an output there are content parts. */
export type TurnEnded = { readonly type: 'turn'; readonly run: string; readonly usage: TurnUsage } & (
  | { readonly state: 'done'; readonly outputBytes: number }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'parked' }
  | { readonly state: 'dropped' }
  /** The cell does not know the version (any more): load it, then start again. */
  | { readonly state: 'unknown-version' }
);
