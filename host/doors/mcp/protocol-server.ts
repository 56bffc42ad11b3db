// One SDK server over the shared backend. Cheap to make: the newer era makes one per HTTP request.

import { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';
import type { Log, Principal } from '#host/base';
import { isCodedError } from '#sandbox';
import type { CallsInFlight } from './calls-in-flight.ts';
import { toOlderEra } from './older-era.ts';
import { createProgressReporter } from './progress.ts';
import type { McpBackend } from './types.ts';

/** `newer` is 2026-07-28, `older` everything that opens with `initialize` (2025-11-25 and before). */
export type Era = 'newer' | 'older';

/** What a server works with. */
export interface ProtocolServerDeps {
  readonly backend: McpBackend;
  readonly principal: Principal;
  readonly calls: CallsInFlight;
  readonly log: Log;
}

// The SDK would make one per server, and never uses it here: the jail checks inputs and outputs.
const VALIDATOR = new AjvJsonSchemaValidator();

/** The SDK's server, as this folder makes it. */
export type ProtocolServer = ReturnType<typeof createProtocolServer>;

/** Builds a server for one request or one connection of `era`. The caller connects it to a transport. */
export function createProtocolServer(era: Era, deps: ProtocolServerDeps) {
  const { backend, principal, calls, log } = deps;
  const { serverInfo, capabilities, instructions } = backend;
  // Deprecated only to steer most people to McpServer, which would register every tool again for every request.
  // oxlint-disable-next-line typescript/no-deprecated
  const server = new Server(serverInfo, { capabilities, instructions, jsonSchemaValidator: VALIDATOR });
  server.onerror = reportTo(log);

  server.setRequestHandler('tools/list', (request) =>
    answered(log, async () => {
      const page = backend.listTools(principal, request.params?.cursor);
      return era === 'newer' ? page : toOlderEra(page);
    }),
  );

  server.setRequestHandler('tools/call', (request, context) =>
    answered(log, () =>
      // A lost connection cancels in both eras: without an event store nobody could ever fetch the result.
      calls.run([context.mcpReq.signal, context.http?.req?.signal], async (signal) => {
        const { name, arguments: args = {} } = request.params;
        const progress = createProgressReporter(context);
        try {
          return await backend.callTool({ principal, name, args, signal, ...progress.asCallOption });
        } finally {
          await progress.sent();
        }
      }),
    ),
  );
  return server;
}

/** For what the SDK notices and answers itself; cut short, because it may quote what a client sent. */
export function reportTo(log: Log): (error: Error) => void {
  return (error) => log.debug({ reason: error.message.slice(0, 200) }, 'the MCP protocol layer reports');
}

/** What a handler throws becomes a JSON-RPC error: coded ones are the request's fault, others say nothing. */
async function answered<T>(log: Log, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isCodedError(error)) {
      const { code, kind, fault, message, data } = error;
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, message, { ...data, code, kind, fault });
    }
    log.error({ error }, 'an MCP request failed without a code');
    throw new ProtocolError(ProtocolErrorCode.InternalError, 'Internal error');
  }
}
