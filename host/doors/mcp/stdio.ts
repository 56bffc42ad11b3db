// MCP on stdio: one client, whichever era it opens with, until its end of the pipe closes.

import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { serveStdio as serveConnection } from '@modelcontextprotocol/server/stdio';
import type { Log, Principal } from '#host/base';
import { CallsInFlight } from './calls-in-flight.ts';
import { createProtocolServer, reportTo, type ProtocolServer } from './protocol-server.ts';
import { StdioTransport } from './stdio-transport.ts';
import type { McpBackend } from './types.ts';

/** What serving stdio needs. */
export interface StdioDeps {
  readonly backend: McpBackend;
  readonly principal: Principal;
  readonly stdin: Readable;
  /** Gets nothing but JSON-RPC. */
  readonly stdout: Writable;
  /** Ends the service from this side. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * Serves until stdin ends or `signal` fires; then every running call is aborted. Settles once the last one has let go.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle#stdio
 */
export async function serveStdio({ backend, principal, stdin, stdout, signal, log }: StdioDeps): Promise<void> {
  const calls = new CallsInFlight();
  const servers = new Set<ProtocolServer>();
  const transport = new StdioTransport(stdin, stdout);
  const connection = serveConnection(
    ({ era }) => {
      const protocol = createProtocolServer(era === 'modern' ? 'newer' : 'older', { backend, principal, calls, log });
      servers.add(protocol);
      protocol.server.onclose = () => servers.delete(protocol);
      return protocol.server;
    },
    { transport, onerror: reportTo(log) },
  );
  // The SDK turns both into answers to `subscriptions/listen` on a connection of the newer era.
  using _changes = backend.onListChange(principal, (topic) => {
    for (const protocol of servers) protocol.announceList(topic);
  });
  using _updates = backend.onResourceUpdate(principal, (uri) => {
    for (const protocol of servers) protocol.announceUpdate(uri);
  });
  await Promise.race([transport.closed, signal.aborted ? undefined : once(signal, 'abort')]);
  await connection.close();
  await calls.drain(0);
}
