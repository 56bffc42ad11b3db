// What the host's main thread and its lanes say to each other, over the threads' own ports.

import type { MessagePort } from 'node:worker_threads';

import type { RunRequest } from '../contract.ts';
import type { Programs } from '../programs.ts';
import type { WorkshopOp } from '../workshop-messages.ts';

/** What every lane thread starts with. */
export interface LaneData {
  readonly programs: Programs;
}

/** One run, as a lane gets it: the request without what cannot cross threads. */
export type RunTask = Omit<RunRequest, 'signal'>;

/** Reading a script's schemas, as a lane gets it. */
export interface DescribeTask {
  readonly describe: true;
  readonly runId: string;
  readonly tenant: string;
  readonly limits: RunRequest['limits'];
  readonly script: string;
}

/** First words of a lane thread: how to reach it. Everything else goes over this port, both ways. */
export interface LaneHello {
  readonly type: 'hello';
  readonly laneId: number;
  readonly port: MessagePort;
}

/** From the main thread to a lane. */
export type ToLane =
  | { readonly type: 'cancel'; readonly runId: string }
  | {
      readonly type: 'answer';
      readonly runId: string;
      readonly callId: number;
      readonly ok: boolean;
      /** JSON text: the value, or `{code, message}`. */
      readonly text: string;
      readonly sideEffect: boolean;
      readonly clockMs: number;
    };

/** From a lane to the main thread. */
export type FromLane =
  | { readonly type: 'progress'; readonly runId: string; readonly text: string }
  | { readonly type: 'call'; readonly runId: string; readonly callId: number; readonly capability: string; readonly args: string }
  /** The run's pending calls are void: it ended, or starts over. */
  | { readonly type: 'calls-void'; readonly runId: string }
  /** The run waits for the host, or has the cell again. */
  | { readonly type: 'parked' | 'resumed'; readonly runId: string }
  /** The processes this lane owns now, and how many cells it has killed so far. */
  | { readonly type: 'children'; readonly pids: readonly number[]; readonly killed: number };

/** One making step, as a lane gets it. */
export interface WorkTask {
  readonly op: WorkshopOp;
  /** JSON text. */
  readonly request: string;
}
