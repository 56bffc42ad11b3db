// The HTTP door: one listening socket, koa behind it, MCP mounted in it. Owns sockets, bounds and who may connect.

import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { hostError, type Log } from '#host/base';
import { assertAddressAllowed } from './address.ts';
import { createHttpApp } from './app.ts';
import { DEFAULT_HTTP_LIMITS, type HttpLimits, type HttpMount } from './types.ts';

/** What the door is opened with. */
export interface HttpServerOptions {
  /** Address to bind. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Serves `/mcp`. */
  readonly mcp: HttpMount;
  /** Whether `/readyz` says yes. */
  readonly isReady: () => boolean;
  /** Binds other addresses than loopback, for a host behind a proxy that checks who asks. */
  readonly allowUnauthenticated: boolean;
  /** Host names beside loopback ones that requests may be addressed to. @default none */
  readonly allowedHosts?: readonly string[];
  readonly limits?: Partial<HttpLimits>;
  readonly log: Log;
}

/** A listening door. */
export interface HttpServer extends AsyncDisposable {
  /** Where clients reach it, without a path. */
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets what runs finish until `deadlineMs`, ends the rest. */
  close(deadlineMs: number): Promise<void>;
}

/** Connections that may wait to be accepted: a crowd is told that the host is busy, not left to time out. */
const BACKLOG = 4096;
/** How long answers that were written last may take to leave, in milliseconds. */
const FLUSH_MS = 1000;

/**
 * Opens the door.
 *
 * @throws ADDRESS_REFUSED when the address can be reached from elsewhere, or cannot be bound
 * @throws ADDRESS_IN_USE when another process listens there
 */
export async function openHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, mcp, allowUnauthenticated } = options;
  assertAddressAllowed(host, allowUnauthenticated);
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const app = createHttpApp({ ...options, limits });
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      // How often Node looks for requests that are late: the timeouts are worth no more than this.
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
    },
    app.handle,
  );
  const bound = await listen(server, host, port);

  let closing: Promise<void> | undefined;
  const close = (deadlineMs: number): Promise<void> => {
    closing ??= closeServer(server, mcp, deadlineMs, () => app.stop());
    return closing;
  };
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close,
    [Symbol.asyncDispose]: () => close(0),
  };
}

async function closeServer(server: Server, mcp: HttpMount, deadlineMs: number, stop: () => void): Promise<void> {
  stop();
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  await mcp.close(deadlineMs);
  server.closeIdleConnections();
  await Promise.race([closed, delay(FLUSH_MS, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port, backlog: BACKLOG }, resolve);
  try {
    await promise;
  } catch (error) {
    throw listenError(error, host, port);
  }
  server.off('error', reject);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function listenError(error: unknown, host: string, port: number): Error {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const address = `${host}:${port}`;
  if (reason === 'EADDRINUSE') {
    const message = `another process listens on ${address} already; stop it or choose another --port`;
    return hostError('ADDRESS_IN_USE', message, { host, port }, { cause: error });
  }
  const message = `cannot listen on ${address} (${reason}); choose another --host or --port`;
  return hostError('ADDRESS_REFUSED', message, { host, port, reason }, { cause: error });
}
