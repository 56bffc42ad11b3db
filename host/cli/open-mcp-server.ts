// The host behind MCP over HTTP: the app, the protocol, the socket, put together once for `serve` and `demo`.

import { systemClock, type Config, type Log, type Principal } from '#host/base';
import { openHttpServer, type HttpServer } from '#host/doors/http';
import { createMcpBackend, openMcpHttpEndpoint } from '#host/doors/mcp';
import type { CommandApp } from './command.ts';
import { readPackageFacts } from './package-facts.ts';

/** Where to serve what. */
export interface McpServerOptions {
  readonly app: CommandApp;
  readonly config: Config;
  readonly log: Log;
  readonly principal: Principal;
  readonly host: string;
  readonly port: number;
  readonly allowUnauthenticated: boolean;
  /** Whether `/readyz` says yes. */
  readonly isReady: () => boolean;
}

/** Opens the server. @throws ADDRESS_REFUSED, ADDRESS_IN_USE */
export async function openMcpServer(options: McpServerOptions): Promise<HttpServer> {
  const { app, config, log, principal } = options;
  const { version } = readPackageFacts();
  const { host, port, allowUnauthenticated, isReady } = options;
  const mcp = openMcpHttpEndpoint({
    backend: createMcpBackend({ ...app, version, log }),
    principal,
    clock: systemClock,
    log,
    limits: { maxSessions: config.maxSessions, sessionIdleMs: config.sessionTimeoutMs },
  });
  try {
    return await openHttpServer({
      host,
      port,
      mcp,
      isReady,
      allowUnauthenticated,
      ...(config.serverBaseUrl === undefined ? {} : { allowedHosts: [new URL(config.serverBaseUrl).hostname] }),
      limits: { bodyBytes: config.bodyBytes },
      log,
    });
  } catch (error) {
    await mcp.close(0);
    throw error;
  }
}
