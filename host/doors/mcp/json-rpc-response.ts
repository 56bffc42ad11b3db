// HTTP answers that carry a JSON-RPC error: what an MCP client can read whatever went wrong before the protocol began.

import type { Failure } from '#sandbox';
import { rpcErrorOf } from './rpc-errors.ts';

/** An HTTP answer before a message was dispatched. */
export interface Refusal {
  readonly status: number;
  /** JSON-RPC error code. */
  readonly rpcCode: number;
  readonly failure: Failure;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The response for a refusal, with the id of the request when it has one. */
export function refuse({ status, rpcCode, failure, headers }: Refusal, body?: unknown): Response {
  return Response.json(
    { jsonrpc: '2.0', id: requestId(body), error: rpcErrorOf(failure, rpcCode) },
    { status, ...(headers === undefined ? {} : { headers }) },
  );
}

function requestId(body: unknown): string | number | null {
  if (typeof body !== 'object' || body === null || !('id' in body) || !('method' in body)) return null;
  return typeof body.id === 'string' || typeof body.id === 'number' ? body.id : null;
}
