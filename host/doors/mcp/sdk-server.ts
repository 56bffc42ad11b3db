// The SDK's own server, as this folder makes it.

import {
  type Implementation,
  type JSONRPCRequest,
  ProtocolError,
  ProtocolErrorCode,
  type Result,
  Server,
  type ServerContext,
  type ServerOptions,
} from '@modelcontextprotocol/server';
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
  return new DoorServer(info, { ...options, jsonSchemaValidator: VALIDATOR, inputRequired: ASKING });
}

// oxlint-disable-next-line typescript/no-deprecated
class DoorServer extends Server {
  /** The SDK calls params that fit no schema its own failure. Whatever else a handler throws has a number by then. */
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    // oxlint-disable-next-line typescript/no-deprecated
    const wrapped = super._wrapHandler(method, handler);
    return async (request, context) => {
      try {
        return await wrapped(request, context);
      } catch (error) {
        if (!(error instanceof Error) || ('code' in error && typeof error.code === 'number')) throw error;
        const text = `Invalid params for ${method}: ${error.message.slice(0, 500)}`;
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, text);
      }
    };
  }
}

type Handler = (request: JSONRPCRequest, context: ServerContext) => Promise<Result>;
