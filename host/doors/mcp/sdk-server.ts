// The SDK's own server, as this folder makes it.

import { Server, type Implementation, type ServerOptions } from '@modelcontextprotocol/server';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';

// Deprecated only to steer most people to McpServer, which would register every tool again for every request.
// oxlint-disable-next-line typescript/no-deprecated
export type SdkServer = Server;

// The SDK would make one per server, and never uses it here: the jail checks inputs and outputs.
const VALIDATOR = new AjvJsonSchemaValidator();

/**
 * How a client of the older era is asked: the SDK sends real requests for what a call returns as questions, and calls
 * again with the answers. A person may take half an hour; a request state lasts longer than that.
 */
const ASKING = { maxRounds: 32, roundTimeoutMs: 30 * 60_000 };

/** Builds a server without handlers. */
export function createSdkServer(
  info: Implementation,
  options: Pick<ServerOptions, 'capabilities' | 'instructions'>,
): SdkServer {
  // oxlint-disable-next-line typescript/no-deprecated
  return new Server(info, { ...options, jsonSchemaValidator: VALIDATOR, inputRequired: ASKING });
}
