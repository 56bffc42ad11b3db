// Reads request bodies without ever holding more than was agreed.

import type { IncomingMessage } from 'node:http';
import { hostError } from '#host/base';
import { sandboxError } from '#sandbox';
import type { HttpLimits } from './types.ts';

/** Bytes of request bodies that all requests of a door hold together. */
export class HeldBytes {
  #held = 0;

  get total(): number {
    return this.#held;
  }

  add(bytes: number): void {
    this.#held += bytes;
  }
}

/**
 * The text of a body, UTF-8. What it holds is given back to `held` when `released` fires.
 *
 * @throws REQUEST_TOO_LARGE when it is, or says it is, longer than `bodyBytes`; the rest is then read and dropped
 * @throws HOST_BUSY when all requests together would hold more than `heldBytes`
 */
export async function readBody(
  request: IncomingMessage,
  limits: Pick<HttpLimits, 'bodyBytes' | 'heldBytes'>,
  held: HeldBytes,
  released: AbortSignal,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  released.addEventListener('abort', () => held.add(-bytes), { once: true });
  try {
    if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      held.add(chunk.length);
      if (bytes > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
      if (held.total > limits.heldBytes) throw tooMuchHeld(limits.heldBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    // Dropping the rest, not the connection: a client that is still sending would never see why it was refused. The
    // request timeout bounds how long that can take.
    request.resume();
    throw error;
  }
  return Buffer.concat(chunks).toString();
}

function tooLarge(limit: number): Error {
  return hostError('REQUEST_TOO_LARGE', `the body is larger than the ${limit} bytes a request may have; send less`, {
    limit,
  });
}

function tooMuchHeld(limit: number): Error {
  const message = `requests in flight hold ${limit} bytes already; try again in a second`;
  return sandboxError('HOST_BUSY', message, { limit, retryAfterMs: 1000 });
}
