// What a POST must be before anything looks at what it asks for.

import { isJsonContentType } from '@modelcontextprotocol/server';
import { hostFailure } from '#host/base';
import type { Refusal } from './json-rpc-response.ts';
import { messageFault } from './message-fault.ts';

/** A message, or why there is none. */
export type Inbound = { readonly message: unknown } | { readonly refusal: Refusal };

const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
/** The code the SDK and its peers use for what HTTP itself refuses. */
const TRANSPORT_ERROR = -32_000;

/**
 * Reads one JSON-RPC message from a POST.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server
 */
export function readMessage(headers: Headers, text: string): Inbound {
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (!isJsonContentType(headers.get('content-type')) || encoding !== 'identity') {
    return refusal(415, TRANSPORT_ERROR, 'send Content-Type: application/json, without a Content-Encoding');
  }
  const accept = headers.get('accept') ?? '';
  if (!accept.includes('application/json') || !accept.includes('text/event-stream')) {
    return refusal(406, TRANSPORT_ERROR, 'send Accept: application/json, text/event-stream');
  }
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return refusal(400, PARSE_ERROR, 'the body is not valid JSON');
  }
  if (Array.isArray(message)) {
    return refusal(400, INVALID_REQUEST, 'JSON-RPC batches are not served; send one message per request');
  }
  const fault = messageFault(message);
  return fault === undefined ? { message } : refusal(400, INVALID_REQUEST, fault);
}

function refusal(status: number, rpcCode: number, message: string): Inbound {
  return { refusal: { status, rpcCode, failure: hostFailure('REQUEST_INVALID', message) } };
}
