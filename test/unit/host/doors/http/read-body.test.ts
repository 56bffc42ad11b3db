import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { HeldBytes, readBody } from '../../../../../host/doors/http/read-body.ts';

const LIMITS = { bodyBytes: 1000, heldBytes: 1500 };

/** A request whose body comes in parts of 100 bytes; `taken` counts those that were asked for. */
function requestOf(parts: number, headers: Record<string, string> = {}): IncomingMessage & { taken: number } {
  async function* body(this: void) {
    for (let part = 0; part < parts; part += 1) {
      request.taken += 1;
      yield Buffer.alloc(100, 'x');
    }
  }
  const request: IncomingMessage & { taken: number } = Object.assign(
    Readable.from(body(), { objectMode: false, highWaterMark: 100 }),
    {
      headers,
      taken: 0,
    },
  ) as never;
  return request;
}

describe('readBody', () => {
  it('gives the text, and back what it held when the request is over', async () => {
    const held = new HeldBytes();
    const over = new AbortController();
    assert.equal((await readBody(requestOf(3), LIMITS, held, over.signal)).length, 300);
    assert.equal(held.total, 300);
    over.abort();
    assert.equal(held.total, 0);
  });

  it('refuses a declared length past the limit without reading', async () => {
    const request = requestOf(3, { 'content-length': '1001' });
    const reading = readBody(request, LIMITS, new HeldBytes(), new AbortController().signal);
    await assert.rejects(reading, { code: 'REQUEST_TOO_LARGE', data: { limit: 1000 } });
  });

  it('stops keeping at the limit, and drops the rest so that the client can read the answer', async () => {
    const held = new HeldBytes();
    const over = new AbortController();
    const request = requestOf(10_000);
    await assert.rejects(readBody(request, LIMITS, held, over.signal), { code: 'REQUEST_TOO_LARGE' });
    assert.ok(held.total <= LIMITS.bodyBytes + 100);
    over.abort();
    assert.equal(held.total, 0);
    await new Promise((resolve) => request.once('end', resolve));
    assert.equal(request.taken, 10_000);
  });

  it('refuses with HOST_BUSY what all requests together may not hold', async () => {
    const held = new HeldBytes();
    const { signal } = new AbortController();
    await readBody(requestOf(9), LIMITS, held, signal);
    await assert.rejects(readBody(requestOf(9), LIMITS, held, signal), { code: 'HOST_BUSY' });
  });
});
