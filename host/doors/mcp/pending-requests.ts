// Requests of a session that wait for their answers, and whether anyone is there to hear it.

import { AsyncLocalStorage } from 'node:async_hooks';

type RequestId = string | number;

interface Pending {
  /** Connections that carry its stream: one, or none while its client is away. */
  connections: number;
  /** Its stream, once that has sent something. */
  stream?: string;
  timer?: NodeJS.Timeout;
}

/** What pending requests work with. */
export interface PendingRequestsDeps {
  /** How long a client may be away before its request is cancelled, in milliseconds. */
  readonly graceMs: number;
  readonly cancel: (id: RequestId) => void;
}

/**
 * A lost connection is no cancellation: the client may come back for the stream. It is taken for one when the client has
 * been away for `graceMs`.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server
 */
export class PendingRequests implements Disposable {
  readonly #deps: PendingRequestsDeps;
  readonly #pending = new Map<RequestId, Pending>();
  readonly #requestOf = new Map<string, RequestId>();
  // The SDK names a stream only to the event store, in the async context of the request it serves.
  readonly #serving = new AsyncLocalStorage<RequestId>();

  constructor(deps: PendingRequestsDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#pending.size;
  }

  has(id: RequestId): boolean {
    return this.#pending.has(id);
  }

  /** Serves a request of a new id on a connection; `gone` fires when that is done with it. */
  async serve(id: RequestId, gone: AbortSignal, answer: () => Promise<Response>): Promise<Response> {
    this.#pending.set(id, { connections: 0 });
    const response = await this.#serving.run(id, answer);
    // Refused: nothing will come.
    if (!response.ok) this.#forget(id);
    this.#attach(id, gone);
    return response;
  }

  /** A stream sends its first event. */
  opened(stream: string): void {
    const id = this.#serving.getStore();
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || pending === undefined || pending.stream !== undefined) return;
    pending.stream = stream;
    this.#requestOf.set(stream, id);
  }

  /** The client is back for a stream. */
  resumed(stream: string, gone: AbortSignal): void {
    const id = this.#requestOf.get(stream);
    if (id !== undefined) this.#attach(id, gone);
  }

  /** The request has its answer. */
  answered(id: RequestId): void {
    this.#forget(id);
  }

  [Symbol.dispose](): void {
    for (const id of this.#pending.keys()) this.#forget(id);
  }

  #attach(id: RequestId, gone: AbortSignal): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    pending.connections += 1;
    clearTimeout(pending.timer);
    const detach = (): void => {
      pending.connections -= 1;
      if (pending.connections === 0 && this.#pending.get(id) === pending) this.#await(id, pending);
    };
    if (gone.aborted) detach();
    else gone.addEventListener('abort', detach, { once: true });
  }

  #await(id: RequestId, pending: Pending): void {
    const giveUp = (): void => {
      this.#forget(id);
      this.#deps.cancel(id);
    };
    pending.timer = setTimeout(giveUp, this.#deps.graceMs).unref();
  }

  #forget(id: RequestId): void {
    const { timer, stream } = this.#pending.get(id) ?? {};
    clearTimeout(timer);
    this.#pending.delete(id);
    if (stream !== undefined) this.#requestOf.delete(stream);
  }
}
