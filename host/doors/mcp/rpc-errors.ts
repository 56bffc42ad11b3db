// Failures as JSON-RPC errors: where there is no tool whose result could say it.

import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Log } from '#host/base';
import { isCodedError, type Failure } from '#sandbox';

/** A JSON-RPC error object. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The code of a server that cannot answer just now. */
const UNAVAILABLE = -32_000;

/**
 * The error for a failure, by default with the code that says its kind. `data` holds the whole failure beside what the
 * failure's own data says.
 *
 * A resource that does not exist is Invalid Params in both eras, as SEP-2164 has it and the SDK always did.
 */
export function rpcErrorOf(failure: Failure, rpcCode = rpcCodeOf(failure)): RpcError {
  const { code, kind, fault, message, data } = failure;
  return { code: rpcCode, message, data: { ...data, code, kind, fault } };
}

/** Runs a handler's work. What it throws becomes a JSON-RPC error; one without a code tells a client nothing. */
export async function answered<T>(log: Log, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    if (isCodedError(error)) {
      const { code, message, data } = rpcErrorOf(error);
      throw new ProtocolError(code, message, data);
    }
    log.error({ error }, 'an MCP request failed without a code');
    throw new ProtocolError(ProtocolErrorCode.InternalError, 'Internal error');
  }
}

function rpcCodeOf({ code, kind, fault }: Failure): number {
  if (code === 'CLIENT_UNSUPPORTED') return ProtocolErrorCode.MissingRequiredClientCapability;
  if (kind === 'unavailable') return UNAVAILABLE;
  return fault === 'caller' ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
}
