// Clients of 2025-11-25 and before over HTTP: one server per session, because list changes reach them on a stream of
// their own. Sessions are counted, and end with DELETE, with idleness or with the host.

import { hostFailure, type Clock } from '#host/base';
import type { ListTopic } from '#host/registry';
import { sandboxFailure } from '#sandbox';
import { DEFAULT_EVENT_BOUNDS, type HeldEvents } from './event-store.ts';
import { refuse } from './json-rpc-response.ts';
import type { ProtocolServer } from './protocol-server.ts';
import { Session, type SessionBounds } from './session.ts';

/** How many sessions, for how long, and what each may hold. */
export interface SessionLimits extends SessionBounds {
  /** @default 1000 */
  readonly maxSessions: number;
  /**
   * A session that asked for nothing this long, and listens to nothing, goes. Milliseconds; a minute is enough when every
   * session is taken. @default 3,600,000
   */
  readonly sessionIdleMs: number;
}

/** What holds when the operator says nothing. */
export const DEFAULT_SESSION_LIMITS: SessionLimits = {
  ...DEFAULT_EVENT_BOUNDS,
  maxSessions: 1000,
  sessionIdleMs: 3_600_000,
  maxPending: 256,
  resumeGraceMs: 10_000,
};

/** What sessions need. */
export interface SessionDeps {
  readonly limits: SessionLimits;
  readonly clock: Clock;
  /** A server for one session, not yet connected. */
  readonly createServer: () => ProtocolServer;
}

/** JSON-RPC code for a session the server does not know, as the SDK's own transport answers it. */
const SESSION_NOT_FOUND = -32_001;
const TRANSPORT_ERROR = -32_000;
/** What a client is told to wait before it asks for a session again, in seconds: idle ones make room by then. */
const RETRY_AFTER_S = 60;
/** How often idle sessions and old events are looked for, at least, in milliseconds. */
const SWEEP_MS = 60_000;

/** The sessions of one endpoint. */
export class Sessions implements AsyncDisposable {
  readonly #sessions = new Map<string, Session>();
  readonly #held: HeldEvents = { bytes: 0 };
  readonly #deps: SessionDeps;
  readonly #sweeper: NodeJS.Timeout;
  /** Sessions that are being initialized count too, or a burst of them would pass the limit together. */
  #opening = 0;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#sweeper = setInterval(() => this.#sweep(), Math.min(deps.limits.sessionIdleMs, SWEEP_MS));
    this.#sweeper.unref();
  }

  /** Serves one HTTP request of the older era; `message` is the parsed body of a POST. */
  async serve(request: Request, message?: unknown): Promise<Response> {
    const id = request.headers.get('mcp-session-id');
    if (id !== null) return this.#sessions.get(id)?.serve(request, message) ?? sessionNotFound(message);
    if (request.method !== 'POST') return methodNotAllowed();
    if (isInitialize(message)) return this.#open(request, message);
    const failure = hostFailure('REQUEST_INVALID', 'send the Mcp-Session-Id that the answer to initialize carried');
    return refuse({ status: 400, rpcCode: TRANSPORT_ERROR, failure }, message);
  }

  /** Tells every session that listens that a list changed. */
  announceList(topic: ListTopic): void {
    for (const { protocol } of this.#sessions.values()) protocol.announceList(topic);
  }

  /** Tells every session that subscribed to it that a resource changed. */
  announceUpdate(uri: string): void {
    for (const { protocol } of this.#sessions.values()) protocol.announceUpdate(uri);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
  }

  async #open(request: Request, message: unknown): Promise<Response> {
    const { limits, clock, createServer } = this.#deps;
    if (this.#sessions.size + this.#opening >= limits.maxSessions) {
      await this.#evictIdle(Math.min(limits.sessionIdleMs, RETRY_AFTER_S * 1000));
    }
    if (this.#sessions.size + this.#opening >= limits.maxSessions) return tooManySessions(limits.maxSessions, message);
    this.#opening += 1;
    try {
      const session = await Session.open({
        protocol: createServer(),
        bounds: limits,
        held: this.#held,
        clock,
        onOpen: (id, opened) => void this.#sessions.set(id, opened),
        onClose: (id) => void this.#sessions.delete(id),
      });
      return await session.serve(request, message);
    } finally {
      this.#opening -= 1;
    }
  }

  #sweep(): void {
    void this.#evictIdle(this.#deps.limits.sessionIdleMs);
    for (const session of this.#sessions.values()) session.sweep();
  }

  async #evictIdle(idleMs: number): Promise<void> {
    const before = this.#deps.clock.now() - idleMs;
    const idle = [...this.#sessions.values()].filter((session) => session.isIdleSince(before));
    await Promise.all(idle.map((session) => session.close()));
  }
}

function isInitialize(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'method' in message && message.method === 'initialize';
}

function sessionNotFound(message: unknown): Response {
  const failure = hostFailure('SESSION_NOT_FOUND', 'there is no such session, or it ended; send initialize again');
  return refuse({ status: 404, rpcCode: SESSION_NOT_FOUND, failure }, message);
}

function methodNotAllowed(): Response {
  const failure = hostFailure(
    'REQUEST_INVALID',
    'POST JSON-RPC here, or GET and DELETE with an Mcp-Session-Id; the HTTP+SSE transport of 2024-11-05 is not served',
  );
  return refuse({ status: 405, rpcCode: TRANSPORT_ERROR, failure, headers: { allow: 'POST' } });
}

function tooManySessions(limit: number, message: unknown): Response {
  const data = { limit, retryAfterMs: RETRY_AFTER_S * 1000 };
  const text = `all ${limit} sessions are in use; try again in ${RETRY_AFTER_S} s`;
  const failure = sandboxFailure('HOST_BUSY', text, data);
  const headers = { 'retry-after': String(RETRY_AFTER_S) };
  return refuse({ status: 503, rpcCode: TRANSPORT_ERROR, failure, headers }, message);
}
