// The open `subscriptions/listen` streams of the newer era: how many there may be, and how much each may ask for.

import { sandboxFailure, type Failure } from '#sandbox';
import { MAX_SUBSCRIBED_CHARACTERS, MAX_SUBSCRIPTIONS, subscriptionLimit } from './subscriptions.ts';

/** Counts streams. */
export class ListenStreams {
  readonly #limit: number;
  #open = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Why a stream for `filter` is refused; undefined when it was counted, until `ended` fires. */
  refuse(filter: unknown, ended: AbortSignal): Failure | undefined {
    if (isFlood(filter)) return subscriptionLimit();
    if (this.#open >= this.#limit) return tooManyStreams(this.#limit);
    if (ended.aborted) return undefined;
    this.#open += 1;
    ended.addEventListener('abort', () => (this.#open -= 1), { once: true });
    return undefined;
  }
}

/** Whether a filter asks for too much. What is no filter at all the protocol layer says better. */
export function isFlood(filter: unknown): boolean {
  if (typeof filter !== 'object' || filter === null || !('resourceSubscriptions' in filter)) return false;
  const { resourceSubscriptions: uris } = filter;
  if (!Array.isArray(uris)) return false;
  const characters = uris.reduce<number>((sum, uri) => sum + (typeof uri === 'string' ? uri.length : 0), 0);
  return uris.length > MAX_SUBSCRIPTIONS || characters > MAX_SUBSCRIBED_CHARACTERS;
}

function tooManyStreams(limit: number): Failure {
  const message = `${limit} streams listen already; try again in a second`;
  return sandboxFailure('HOST_BUSY', message, { limit, retryAfterMs: 1000 });
}
