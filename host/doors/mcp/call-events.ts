// What a call says while it runs, to the client that wants to hear it.

import type { ServerContext } from '@modelcontextprotocol/server';
import type { LogLine } from '#sandbox';
import { wantedLogLevel } from './envelope.ts';
import type { CallProgress, Era, McpRequest } from './types.ts';

/** Tells one call's progress and logs. */
export interface CallEvents {
  /** Spread into the request; empty when the client wants to hear nothing. */
  readonly listeners: Pick<McpRequest, 'onProgress' | 'onLog'>;
  /** Settles once everything was handed to the transport: a result must not overtake it. */
  sent(): Promise<void>;
}

/** The protocol's names of levels. */
const LEVELS = { debug: 'debug', info: 'info', warn: 'warning', error: 'error' } as const;

// A call of the older era that asks its client runs in several rounds of one request, which share their signal.
const furthestOf = new WeakMap<AbortSignal, number>();

/**
 * The events of the request of `context`, in the order they happened. `logger` names what writes the log lines.
 *
 * Log lines go to a session at the level it set, and in the newer era only to a request that names one.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/progress
 * @see https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/logging
 */
export function createCallEvents(context: ServerContext, era: Era, logger: string): CallEvents {
  let sent = Promise.resolve();
  const tell = (send: () => Promise<void>): void => {
    // An event that cannot be delivered harms nobody; the result will show whether the client is gone.
    sent = sent.then(() => (context.mcpReq.signal.aborted ? undefined : send())).catch(() => undefined);
  };
  const onProgress = progressOf(context, tell);
  const wantsLog = era === 'older' || wantedLogLevel(context) !== undefined;
  // Deprecated since 2026-07-28, and served for as long as it is part of a protocol that is.
  // oxlint-disable-next-line typescript/no-deprecated
  const onLog = ({ level, text }: LogLine): void => tell(() => context.mcpReq.log(LEVELS[level], text, logger));
  return {
    listeners: { ...(onProgress === undefined ? {} : { onProgress }), ...(wantsLog ? { onLog } : {}) },
    sent: () => sent,
  };
}

/** The protocol wants `progress` to grow with every notification, so what gets no further is dropped. */
function progressOf(
  { mcpReq }: ServerContext,
  tell: (send: () => Promise<void>) => void,
): ((progress: CallProgress) => void) | undefined {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return undefined;
  return ({ ratio, message }) => {
    if (!(ratio > (furthestOf.get(mcpReq.signal) ?? -1))) return;
    furthestOf.set(mcpReq.signal, ratio);
    const params = { progressToken, progress: ratio, total: 1, ...(message === undefined ? {} : { message }) };
    tell(() => mcpReq.notify({ method: 'notifications/progress', params }));
  };
}
