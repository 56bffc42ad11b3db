// Clients of 2025-11-25 and before over HTTP: one server per session, because list changes reach them on a stream of
// their own. Sessions are counted, and end with DELETE, with idleness or with the host.

import { randomUUID } from 'node:crypto';
import { type JSONRPCMessage, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { hostFailure, type Clock } from '#host/base';
import { sandboxFailure } from '#sandbox';
import { refuse } from './json-rpc-response.ts';
import type { ProtocolServer } from './protocol-server.ts';

/** How many sessions, and for how long. */
export interface SessionLimits {
  /** @default 1000 */
  readonly maxSessions: number;
  /**
   * A session that asked for nothing this long, and listens to nothing, goes. Milliseconds; a minute is enough when every
   * session is taken. @default 3,600,000
   */
  readonly sessionIdleMs: number;
}

/** What sessions need. */
export interface SessionDeps {
  readonly limits: SessionLimits;
  readonly clock: Clock;
  /** A server for one session, not yet connected. */
  readonly createServer: () => ProtocolServer;
}

interface Session {
  readonly server: ProtocolServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  lastUsedMs: number;
  /** Requests and streams that are open now; a session with one is not idle. */
  open: number;
}

/** JSON-RPC code for a session the server does not know, as the SDK's own transport answers it. */
const SESSION_NOT_FOUND = -32_001;
const TRANSPORT_ERROR = -32_000;
const REQUEST_CANCELLED = -32_800;
/** What a client is told to wait before it asks for a session again, in seconds: idle ones make room by then. */
const RETRY_AFTER_S = 60;

/** The sessions of one endpoint. */
export class Sessions implements AsyncDisposable {
  readonly #sessions = new Map<string, Session>();
  readonly #deps: SessionDeps;
  readonly #sweeper: NodeJS.Timeout;
  /** Sessions that are being initialized count too, or a burst of them would pass the limit together. */
  #opening = 0;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#sweeper = setInterval(
      () => void this.#evictIdle(deps.limits.sessionIdleMs),
      Math.min(deps.limits.sessionIdleMs, 60_000),
    );
    this.#sweeper.unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Serves one HTTP request of the older era; `message` is the parsed body of a POST. */
  async serve(request: Request, message?: unknown): Promise<Response> {
    const id = request.headers.get('mcp-session-id');
    if (id !== null) return this.#continue(id, request, message);
    if (request.method !== 'POST') return methodNotAllowed();
    if (isInitialize(message)) return this.#open(request, message);
    const failure = hostFailure('REQUEST_INVALID', 'send the Mcp-Session-Id that the answer to initialize carried');
    return refuse({ status: 400, rpcCode: TRANSPORT_ERROR, failure }, message);
  }

  /** Sends tools/list_changed to every session that listens. */
  announceToolsChanged(): void {
    for (const { server } of this.#sessions.values()) {
      // A session whose client is gone hears nothing; it will be evicted.
      server.sendToolListChanged().catch(() => undefined);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#sessions.values()].map(({ server }) => server.close()));
  }

  async #continue(id: string, request: Request, message: unknown): Promise<Response> {
    const session = this.#sessions.get(id);
    if (session === undefined) {
      const failure = hostFailure('SESSION_NOT_FOUND', 'there is no such session, or it ended; send initialize again');
      return refuse({ status: 404, rpcCode: SESSION_NOT_FOUND, failure }, message);
    }
    this.#touch(session, request.signal);
    return session.transport.handleRequest(request, { parsedBody: message });
  }

  async #open(request: Request, message: unknown): Promise<Response> {
    const { limits } = this.#deps;
    if (this.#sessions.size + this.#opening >= limits.maxSessions) {
      await this.#evictIdle(Math.min(limits.sessionIdleMs, RETRY_AFTER_S * 1000));
    }
    if (this.#sessions.size + this.#opening >= limits.maxSessions) return tooManySessions(limits.maxSessions, message);
    this.#opening += 1;
    try {
      const session = await this.#connect();
      const response = await session.transport.handleRequest(request, { parsedBody: message });
      this.#touch(session, request.signal);
      return response;
    } finally {
      this.#opening -= 1;
    }
  }

  async #connect(): Promise<Session> {
    const { clock, createServer } = this.#deps;
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.#sessions.set(id, session),
    });
    const session: Session = { server: createServer(), transport, lastUsedMs: clock.now(), open: 0 };
    transport.onmessage = (message) => endCancelledStream(transport, message);
    transport.onclose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId);
    };
    await session.server.connect(transport);
    return session;
  }

  /** Counts a request until its connection is done with it. */
  #touch(session: Session, ended: AbortSignal): void {
    const { clock } = this.#deps;
    session.lastUsedMs = clock.now();
    session.open += 1;
    const release = (): void => {
      session.open -= 1;
      session.lastUsedMs = clock.now();
    };
    if (ended.aborted) release();
    else ended.addEventListener('abort', release, { once: true });
  }

  async #evictIdle(idleMs: number): Promise<void> {
    const before = this.#deps.clock.now() - idleMs;
    const idle = [...this.#sessions.values()].filter(({ open, lastUsedMs }) => open === 0 && lastUsedMs <= before);
    await Promise.all(idle.map(({ server }) => server.close()));
  }
}

/**
 * The SDK answers a cancelled request with nothing, as it should, but leaves its stream open and its id in a table. A
 * response sent after the stream was closed goes nowhere and clears both.
 */
function endCancelledStream(transport: WebStandardStreamableHTTPServerTransport, message: JSONRPCMessage): void {
  if (!('method' in message) || message.method !== 'notifications/cancelled') return;
  const id = message.params?.['requestId'];
  if (typeof id !== 'string' && typeof id !== 'number') return;
  transport.closeSSEStream(id);
  const error = { code: REQUEST_CANCELLED, message: 'cancelled' };
  // Rejects when the id names no running request: nothing to clear then.
  transport.send({ jsonrpc: '2.0', id, error }).catch(() => undefined);
}

function isInitialize(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'method' in message && message.method === 'initialize';
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
  const failure = sandboxFailure(
    'HOST_BUSY',
    `all ${limit} sessions are in use; try again in ${RETRY_AFTER_S} s`,
    data,
  );
  const headers = { 'retry-after': String(RETRY_AFTER_S) };
  return refuse({ status: 503, rpcCode: TRANSPORT_ERROR, failure, headers }, message);
}
