// A making that its caller calls off.

import { sandboxError, type CodedError } from '#sandbox';

/** What a cancelled making fails with. */
export function makingCancelled(): CodedError {
  return sandboxError('RUN_CANCELLED', 'the caller cancelled the making; nothing was published');
}

/**
 * Waits for a workshop step, or for the caller to call the making off.
 *
 * A workshop cannot be told to stop. What it is left with has no effect outside it and a deadline of its own.
 *
 * @throws RUN_CANCELLED
 */
export async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  const cancel = (): void => reject(makingCancelled());
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
