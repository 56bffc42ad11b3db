// MCP over Streamable HTTP, both eras on one path. Knows web requests and responses only; the HTTP door owns sockets,
// body limits and who may connect.

import {
  classifyInboundRequest,
  createMcpHandler,
  INVALID_PARAMS,
  type InboundClassificationOutcome,
  type ServerNotifier,
} from '@modelcontextprotocol/server';
import { hostFailure, type Clock, type Log, type Principal } from '#host/base';
import type { ListTopic } from '#host/registry';
import { sandboxFailure, type Failure } from '#sandbox';
import { CallsInFlight } from './calls-in-flight.ts';
import { refuse } from './json-rpc-response.ts';
import { ListenStreams } from './listen-streams.ts';
import { headerMismatch } from './param-headers.ts';
import { createProtocolServer, reportTo, type ProtocolServer } from './protocol-server.ts';
import { readMessage } from './read-message.ts';
import { DEFAULT_SESSION_LIMITS, Sessions, type SessionLimits } from './sessions.ts';
import type { Era, McpBackend } from './types.ts';

/** What one endpoint holds at most. */
export interface McpHttpLimits extends SessionLimits {
  /** Calls that run or wait at once; more are refused with 503. The jail's own admission is usually tighter. @default 1024 */
  readonly maxCalls: number;
  /** Open `subscriptions/listen` streams. @default 1024 */
  readonly maxSubscriptions: number;
  /**
   * A call of the older era whose tool may take long holds its connection this long, then lets go of it every time:
   * its client comes back for the answer. Milliseconds. @default 2000
   */
  readonly pollAfterMs: number;
}

/** What holds when the operator says nothing. */
export const DEFAULT_MCP_HTTP_LIMITS: McpHttpLimits = {
  ...DEFAULT_SESSION_LIMITS,
  maxCalls: 1024,
  maxSubscriptions: 1024,
  pollAfterMs: 2000,
};

/** What an endpoint is made of. */
export interface McpHttpEndpointDeps {
  readonly backend: McpBackend;
  /** Whoever connects: there are no keys yet. */
  readonly principal: Principal;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<McpHttpLimits>;
}

/** MCP at one HTTP path. */
export interface McpHttpEndpoint {
  /** Answers one request. `request.signal` must fire when its connection is done with it; `body` is the text of a POST. */
  serve(request: Request, body: string): Promise<Response>;
  /** Refuses new requests, waits up to `deadlineMs` for running calls, aborts the rest, ends every stream. */
  close(deadlineMs: number): Promise<void>;
}

const BUSY = -32_000;
const HEADER_MISMATCH = -32_020;

/** Requests that take a cell. */
const RUNS = new Set(['tools/call', 'prompts/get', 'resources/read', 'completion/complete']);

/** Opens the endpoint; it listens to the registry until it is closed. */
export function openMcpHttpEndpoint(deps: McpHttpEndpointDeps): McpHttpEndpoint {
  const { backend, principal, clock, log } = deps;
  const limits = { ...DEFAULT_MCP_HTTP_LIMITS, ...deps.limits };
  const calls = new CallsInFlight();
  const streams = new ListenStreams(limits.maxSubscriptions);
  const createServer = (era: Era): ProtocolServer =>
    createProtocolServer(era, { backend, principal, calls, log, pollAfterMs: limits.pollAfterMs });
  const newer = createMcpHandler(() => createServer('newer').server, {
    legacy: 'reject',
    maxSubscriptions: limits.maxSubscriptions,
    onerror: reportTo(log),
  });
  const older = new Sessions({ limits, clock, createServer: () => createServer('older') });
  using started = new DisposableStack();
  started.use(
    backend.onListChange(principal, (topic) => {
      notifyList(newer.notify, topic);
      older.announceList(topic);
    }),
  );
  started.use(
    backend.onResourceUpdate(principal, (uri) => {
      newer.notify.resourceUpdated(uri);
      older.announceUpdate(uri);
    }),
  );
  const listening = started.move();
  let stopping = false;

  return {
    async serve(request, body) {
      if (stopping) return unavailable(sandboxFailure('HOST_STOPPING', 'the host is stopping; connect to another'));
      if (!['POST', 'GET', 'DELETE'].includes(request.method)) return methodUnknown(request.method);
      if (request.method !== 'POST') return older.serve(request);
      const inbound = readMessage(request.headers, body);
      if ('refusal' in inbound) return refuse(inbound.refusal);
      const { message } = inbound;
      if (isRun(message) && calls.size >= limits.maxCalls) return unavailable(tooManyCalls(limits.maxCalls), message);
      const route = classifyInboundRequest({ httpMethod: 'POST', ...protocolHeaders(request.headers), body: message });
      if (route.kind === 'legacy') return older.serve(request, message);
      const refused = await checkNewer(route, request, { backend, principal, streams });
      return refused ?? newer.fetch(request, { parsedBody: message });
    },
    async close(deadlineMs) {
      stopping = true;
      listening[Symbol.dispose]();
      await calls.drain(deadlineMs);
      await newer.close();
      await older[Symbol.asyncDispose]();
    },
  };
}

/** What the SDK leaves to its users: argument headers, and how many may listen to how much. */
async function checkNewer(
  route: InboundClassificationOutcome,
  request: Request,
  { backend, principal, streams }: Pick<McpHttpEndpointDeps, 'backend' | 'principal'> & { streams: ListenStreams },
): Promise<Response | undefined> {
  if (route.kind !== 'modern' || route.messageKind !== 'request') return undefined;
  const { method, params = {} } = route.message;
  if (method === 'subscriptions/listen') {
    const failure = streams.refuse(params['notifications'], request.signal);
    if (failure === undefined) return undefined;
    if (failure.kind === 'unavailable') return unavailable(failure, route.message);
    return refuse({ status: 400, rpcCode: INVALID_PARAMS, failure }, route.message);
  }
  if (method !== 'tools/call' || typeof params['name'] !== 'string') return undefined;
  const parameters = await backend.headerParameters(principal, params['name']);
  const failure = headerMismatch(parameters, params['arguments'], request.headers);
  return failure && refuse({ status: 400, rpcCode: HEADER_MISMATCH, failure }, route.message);
}

function notifyList(notify: ServerNotifier, topic: ListTopic): void {
  switch (topic) {
    case 'tools':
      return notify.toolsChanged();
    case 'prompts':
      return notify.promptsChanged();
    case 'resources':
      return notify.resourcesChanged();
  }
}

function isRun(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('method' in message)) return false;
  return typeof message.method === 'string' && RUNS.has(message.method);
}

function protocolHeaders(headers: Headers): Record<string, string> {
  const named = {
    protocolVersionHeader: headers.get('mcp-protocol-version'),
    mcpMethodHeader: headers.get('mcp-method'),
    mcpNameHeader: headers.get('mcp-name'),
  };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== null));
}

function tooManyCalls(limit: number): Failure {
  return sandboxFailure('HOST_BUSY', `${limit} calls are in flight already; try again in a second`, {
    limit,
    retryAfterMs: 1000,
  });
}

function unavailable(failure: Failure, message?: unknown): Response {
  return refuse({ status: 503, rpcCode: BUSY, failure, headers: { 'retry-after': '1' } }, message);
}

function methodUnknown(method: string): Response {
  const failure = hostFailure('REQUEST_INVALID', `${method} is not served here; use POST, GET or DELETE`);
  return refuse({ status: 405, rpcCode: BUSY, failure, headers: { allow: 'POST, GET, DELETE' } });
}
