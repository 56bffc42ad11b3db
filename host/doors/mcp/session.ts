// One session of the older era: its server, its transport, what it was sent and what it waits for.

import { randomUUID } from 'node:crypto';
import {
  isJSONRPCRequest,
  type JSONRPCMessage,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { hostFailure, type Clock } from '#host/base';
import { sandboxFailure } from '#sandbox';
import { SessionEvents, type EventBounds, type HeldEvents } from './event-store.ts';
import { refuse } from './json-rpc-response.ts';
import { PendingRequests } from './pending-requests.ts';
import type { ProtocolServer } from './protocol-server.ts';

/** What a session may hold. */
export interface SessionBounds extends EventBounds {
  /** Requests that wait for their answers; more are refused with 503. @default 256 */
  readonly maxPending: number;
  /** How long a client may be away from a stream before its request is cancelled, in milliseconds. @default 10,000 */
  readonly resumeGraceMs: number;
}

/** What a session is made of. */
export interface SessionParts {
  readonly protocol: ProtocolServer;
  readonly bounds: SessionBounds;
  readonly held: HeldEvents;
  readonly clock: Clock;
  readonly onOpen: (id: string, session: Session) => void;
  readonly onClose: (id: string) => void;
}

/** After how long a client that was disconnected should come back, in milliseconds. */
const RETRY_MS = 500;
const TRANSPORT_ERROR = -32_000;
const INVALID_REQUEST = -32_600;
const REQUEST_CANCELLED = -32_800;

/** A session. It is on the books once `initialize` was answered. */
export class Session {
  readonly protocol: ProtocolServer;
  readonly #parts: SessionParts;
  readonly #transport: WebStandardStreamableHTTPServerTransport;
  readonly #events: SessionEvents;
  readonly #pending: PendingRequests;
  /** Requests and streams that are open now. */
  #open = 0;
  #lastUsedMs: number;

  private constructor(parts: SessionParts) {
    const { protocol, bounds, held, clock, onOpen, onClose } = parts;
    this.protocol = protocol;
    this.#parts = parts;
    this.#lastUsedMs = clock.now();
    this.#pending = new PendingRequests({ graceMs: bounds.resumeGraceMs, cancel: (id) => this.#cancel(id) });
    this.#events = new SessionEvents({
      bounds,
      held,
      clock,
      onOpen: (stream) => this.#pending.opened(stream),
      onAnswer: (id) => this.#pending.answered(id),
    });
    this.#transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => onOpen(id, this),
      eventStore: this.#events,
      retryInterval: RETRY_MS,
    });
    this.#transport.onmessage = (message) => this.#endCancelledStream(message);
    this.#transport.onclose = () => {
      this.#pending[Symbol.dispose]();
      this.#events.clear();
      if (this.#transport.sessionId !== undefined) onClose(this.#transport.sessionId);
    };
  }

  /** A session that waits for its `initialize`. */
  static async open(parts: SessionParts): Promise<Session> {
    const session = new Session(parts);
    await session.protocol.server.connect(session.#transport);
    return session;
  }

  /** Serves one HTTP request; `message` is the parsed body of a POST. */
  async serve(request: Request, message?: unknown): Promise<Response> {
    this.#touch(request.signal);
    const answer = (): Promise<Response> => this.#transport.handleRequest(request, { parsedBody: message });
    if (request.method === 'GET') this.#resume(request);
    if (request.method !== 'POST' || !isJSONRPCRequest(message)) return answer();
    // The SDK would send the answer of one to the other, and leave the other's stream open.
    if (this.#pending.has(message.id)) return idInUse(message);
    const { maxPending } = this.#parts.bounds;
    if (this.#pending.size >= maxPending) return tooManyPending(maxPending, message);
    return this.#pending.serve(message.id, request.signal, answer);
  }

  /** Whether nobody has asked or listened since `beforeMs`, and nobody waits. */
  isIdleSince(beforeMs: number): boolean {
    return this.#open === 0 && this.#pending.size === 0 && this.#lastUsedMs <= beforeMs;
  }

  /** Forgets events that are too old. */
  sweep(): void {
    this.#events.sweep();
  }

  /** Cancels what runs and ends every stream. */
  close(): Promise<void> {
    return this.protocol.server.close();
  }

  /** Counts a request until its connection is done with it. */
  #touch(ended: AbortSignal): void {
    const { clock } = this.#parts;
    this.#lastUsedMs = clock.now();
    this.#open += 1;
    const release = (): void => {
      this.#open -= 1;
      this.#lastUsedMs = clock.now();
    };
    if (ended.aborted) release();
    else ended.addEventListener('abort', release, { once: true });
  }

  #resume(request: Request): void {
    const lastEventId = request.headers.get('last-event-id');
    const stream = lastEventId === null ? undefined : this.#events.streamOf(lastEventId);
    if (stream !== undefined) this.#pending.resumed(stream, request.signal);
  }

  /** As if its client had said so: it has been away for too long. */
  #cancel(requestId: string | number): void {
    const reason = 'the client left and did not come back';
    this.#transport.onmessage?.({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId, reason },
    });
  }

  /**
   * The SDK answers a cancelled request with nothing, as it should, but leaves its stream open and its id in a table. A
   * response sent after the stream was closed goes nowhere and clears both.
   */
  #endCancelledStream(message: JSONRPCMessage): void {
    if (!('method' in message) || message.method !== 'notifications/cancelled') return;
    const id = message.params?.['requestId'];
    if (typeof id !== 'string' && typeof id !== 'number') return;
    this.#transport.closeSSEStream(id);
    const error = { code: REQUEST_CANCELLED, message: 'cancelled' };
    // Rejects when the id names no running request: nothing to clear then.
    this.#transport.send({ jsonrpc: '2.0', id, error }).catch(() => undefined);
  }
}

function idInUse(message: unknown): Response {
  const text = 'a request of this session with the same id waits for its answer; give each an id of its own';
  return refuse({ status: 400, rpcCode: INVALID_REQUEST, failure: hostFailure('REQUEST_INVALID', text) }, message);
}

function tooManyPending(limit: number, message: unknown): Response {
  const text = `${limit} requests of this session wait for their answers already; wait for one`;
  const failure = sandboxFailure('HOST_BUSY', text, { limit, retryAfterMs: 1000 });
  return refuse({ status: 503, rpcCode: TRANSPORT_ERROR, failure, headers: { 'retry-after': '1' } }, message);
}
