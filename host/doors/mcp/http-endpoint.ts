// MCP over Streamable HTTP, both eras on one path. Knows web requests and responses only; the HTTP door owns sockets,
// body limits and who may connect.

import { classifyInboundRequest, createMcpHandler } from '@modelcontextprotocol/server';
import { hostFailure, type Clock, type Log, type Principal } from '#host/base';
import { sandboxFailure, type Failure } from '#sandbox';
import { CallsInFlight } from './calls-in-flight.ts';
import { refuse } from './json-rpc-response.ts';
import { createProtocolServer, reportTo, type Era, type ProtocolServer } from './protocol-server.ts';
import { readMessage } from './read-message.ts';
import { Sessions, type SessionLimits } from './sessions.ts';
import type { McpBackend } from './types.ts';

/** What one endpoint holds at most. */
export interface McpHttpLimits extends SessionLimits {
  /** Calls that run or wait at once; more are refused with 503. The jail's own admission is usually tighter. @default 1024 */
  readonly maxCalls: number;
  /** Open `subscriptions/listen` streams. @default 1024 */
  readonly maxSubscriptions: number;
}

/** What holds when the operator says nothing. */
export const DEFAULT_MCP_HTTP_LIMITS: McpHttpLimits = {
  maxSessions: 1000,
  sessionIdleMs: 3_600_000,
  maxCalls: 1024,
  maxSubscriptions: 1024,
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

/** Opens the endpoint; it listens to the registry until it is closed. */
export function openMcpHttpEndpoint(deps: McpHttpEndpointDeps): McpHttpEndpoint {
  const { backend, principal, clock, log } = deps;
  const limits = { ...DEFAULT_MCP_HTTP_LIMITS, ...deps.limits };
  const calls = new CallsInFlight();
  const createServer = (era: Era): ProtocolServer => createProtocolServer(era, { backend, principal, calls, log });
  const newer = createMcpHandler(() => createServer('newer'), {
    legacy: 'reject',
    maxSubscriptions: limits.maxSubscriptions,
    onerror: reportTo(log),
  });
  const older = new Sessions({ limits, clock, createServer: () => createServer('older') });
  const changes = backend.onToolsChange(principal, () => {
    newer.notify.toolsChanged();
    older.announceToolsChanged();
  });
  let stopping = false;

  return {
    async serve(request, body) {
      if (stopping) return unavailable(sandboxFailure('HOST_STOPPING', 'the host is stopping; connect to another'));
      if (!['POST', 'GET', 'DELETE'].includes(request.method)) return methodUnknown(request.method);
      if (request.method !== 'POST') return older.serve(request);
      const inbound = readMessage(request.headers, body);
      if ('refusal' in inbound) return refuse(inbound.refusal);
      const { message } = inbound;
      if (isToolCall(message) && calls.size >= limits.maxCalls)
        return unavailable(tooManyCalls(limits.maxCalls), message);
      const route = classifyInboundRequest({ httpMethod: 'POST', ...protocolHeaders(request.headers), body: message });
      if (route.kind === 'legacy') return older.serve(request, message);
      return newer.fetch(request, { parsedBody: message });
    },
    async close(deadlineMs) {
      stopping = true;
      changes[Symbol.dispose]();
      await calls.drain(deadlineMs);
      await newer.close();
      await older[Symbol.asyncDispose]();
    },
  };
}

function isToolCall(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'method' in message && message.method === 'tools/call';
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
