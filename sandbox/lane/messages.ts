// What the host's main thread and its lanes say to each other, over the threads' own ports.

import type { MessagePort } from 'node:worker_threads';

import type { LogLine, Progress, RunRequest, WaitingCall } from '../contract.ts';
import type { Programs } from '../programs.ts';
import type { WorkshopOp } from '../workshop-messages.ts';

/** What every lane thread starts with. */
export interface LaneData {
  readonly programs: Programs;
}

/** One run, as a lane gets it: the request without what cannot cross threads. */
export interface RunTask extends Omit<RunRequest, 'signal'> {
  /** Whether somebody hears its log as it is written. */
  readonly tellsLog?: boolean;
}

/** Reading a script's schemas, as a lane gets it. */
export interface DescribeTask {
  readonly describe: true;
  readonly runId: string;
  readonly tenant: string;
  readonly limits: RunRequest['limits'];
  readonly profile?: RunRequest['profile'];
  readonly script: string;
}

/** First words of a lane thread: how to reach it. Everything else goes over this port, both ways. */
export interface LaneHello {
  readonly type: 'hello';
  readonly port: MessagePort;
}

/** From the main thread to a lane. */
export type ToLane =
  | { readonly type: 'cancel'; readonly runId: string }
  /** Ends every run and every child; the thread ends when the last child has. */
  | { readonly type: 'close' }
  | ({ readonly runId: string; readonly attempt: number; readonly call: number } & HostWord);

/** What the host says of a call. */
export type HostWord =
  | {
      readonly type: 'answer';
      readonly ok: boolean;
      /** JSON text: the value, or the failure. */
      readonly value: string;
      readonly sideEffect: boolean;
      readonly clockMs: number;
    }
  /** It gets no answer while the run lasts. */
  | { readonly type: 'suspend' };

/** From a lane to the main thread. */
export type FromLane =
  /** The processes this lane owns now, and how many it has killed so far. */
  | { readonly type: 'children'; readonly pids: readonly number[]; readonly killed: number }
  /** Whether it has a cell, or waits for one to start. */
  | { readonly type: 'cell'; readonly isReady: boolean }
  | RunNotice;

/** What a lane tells of one run before its end. */
export type RunNotice = { readonly runId: string } &
  /** The lane has it: a cancellation sent earlier may have come too early, one sent now does not. */
  (
    | { readonly type: 'accepted' }
    | { readonly type: 'progress'; readonly progress: Progress }
    | { readonly type: 'log'; readonly line: LogLine }
    /** A run that started over counts its calls anew: an answer names the attempt it is for. */
    | { readonly type: 'call'; readonly attempt: number; readonly call: WaitingCall }
    /** Its cell died: it starts over, and its pending calls are void. */
    | { readonly type: 'restarted' }
    /** It waits for the host, and its isolate holds this much meanwhile. */
    | { readonly type: 'parked'; readonly heapUsedBytes: number }
    /** It has an answer and needs the cell again. */
    | { readonly type: 'resumed' }
  );

/** One making step, as a lane gets it. */
export interface WorkTask {
  readonly op: WorkshopOp;
  /** JSON text. */
  readonly request: string;
}
