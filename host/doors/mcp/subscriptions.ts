// The resources one client wants to hear of.

import { hostFailure } from '#host/base';
import { CodedError, type Failure } from '#sandbox';

/** URIs a client may subscribe to. */
export const MAX_SUBSCRIPTIONS = 256;
/** Characters of all of them together: a thousand sessions must not hold more than some megabytes. */
export const MAX_SUBSCRIBED_CHARACTERS = 64 * 1024;

/** The subscriptions of a session of the older era. */
export class Subscriptions {
  readonly #uris = new Set<string>();
  #characters = 0;

  /** Subscribing again changes nothing. @throws SUBSCRIPTION_LIMIT */
  add(uri: string): void {
    if (this.#uris.has(uri)) return;
    if (this.#uris.size >= MAX_SUBSCRIPTIONS || this.#characters + uri.length > MAX_SUBSCRIBED_CHARACTERS) {
      throw new CodedError(subscriptionLimit());
    }
    this.#uris.add(uri);
    this.#characters += uri.length;
  }

  remove(uri: string): void {
    if (this.#uris.delete(uri)) this.#characters -= uri.length;
  }

  has(uri: string): boolean {
    return this.#uris.has(uri);
  }
}

/** The failure of a client that subscribes to too much. */
export function subscriptionLimit(): Failure {
  const message =
    `one client may subscribe to ${MAX_SUBSCRIPTIONS} URIs ` +
    `of ${MAX_SUBSCRIBED_CHARACTERS} characters together; unsubscribe from some`;
  return hostFailure('SUBSCRIPTION_LIMIT', message, {
    limit: MAX_SUBSCRIPTIONS,
    limitCharacters: MAX_SUBSCRIBED_CHARACTERS,
  });
}
