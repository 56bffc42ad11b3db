// Progress of a call to the client that asked for it.

import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallProgress } from './types.ts';

/** Reports one call's progress. */
export interface ProgressReporter {
  /** Spread into the call; empty when the client gave no progress token. */
  readonly asCallOption: { readonly onProgress?: (progress: CallProgress) => void };
  /** Settles once everything reported was handed to the transport: a result must not overtake it. */
  sent(): Promise<void>;
}

/**
 * A reporter for the request of `context`. The protocol wants `progress` to grow with every notification, so what a
 * tool reports without getting further is dropped.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/progress
 */
export function createProgressReporter(context: ServerContext): ProgressReporter {
  const progressToken = context.mcpReq._meta?.progressToken;
  if (progressToken === undefined) return { asCallOption: {}, sent: async () => undefined };
  let sent = Promise.resolve();
  let furthest = -1;
  const notify = async (progress: number, message: string | undefined): Promise<void> => {
    if (context.mcpReq.signal.aborted) return;
    const params = { progressToken, progress, total: 1, ...(message === undefined ? {} : { message }) };
    // A line of progress that cannot be delivered harms nobody; the result will show whether the client is gone.
    await context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  const onProgress = ({ ratio, message }: CallProgress): void => {
    if (!(ratio > furthest)) return;
    furthest = ratio;
    sent = sent.then(() => notify(ratio, message));
  };
  return { asCallOption: { onProgress }, sent: () => sent };
}
