// Readers that do not read: what waits for them is bounded, and not for ever.

import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openHttpServer, type HttpLimits, type HttpServer } from '#host/doors/http';
import { createTestLog } from '../fixtures/mcp/http-door.ts';
import { until } from '../fixtures/mcp/until.ts';

const MIB = 1024 * 1024;

/** A door whose every answer is what `start` writes. */
function openDoor(start: (stream: ReadableStreamDefaultController) => void, limits: Partial<HttpLimits>) {
  const state = { ended: false };
  const body = (): ReadableStream =>
    new ReadableStream({
      start,
      cancel() {
        state.ended = true;
      },
    });
  return openHttpServer({
    host: '127.0.0.1',
    port: 0,
    mcp: { serve: async () => new Response(body()), close: async () => undefined },
    isReady: () => true,
    allowUnauthenticated: false,
    limits,
    log: createTestLog([]),
  }).then((door) => ({ door, state }));
}

function ask(door: HttpServer): Socket {
  const socket = connect(door.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  return socket;
}

describe('HTTP door: readers', () => {
  // Proves mcp.readers.
  it('loses one that lets too much wait while more is coming', { timeout: 20_000 }, async () => {
    // Like the SDK's streams, it gives without being asked.
    const endless = async (stream: ReadableStreamDefaultController): Promise<void> => {
      for (; !state.ended; await delay(5)) stream.enqueue(Buffer.alloc(MIB));
    };
    const { door, state } = await openDoor((stream) => void endless(stream), { unreadBytes: 4 * MIB });
    const socket = ask(door).pause();
    await until('the stream to be ended', () => state.ended);
    socket.destroy();
    await door.close(0);
  });

  it('loses one that takes nothing of what waits', { timeout: 20_000 }, async () => {
    const large = (stream: ReadableStreamDefaultController): void => stream.enqueue(Buffer.alloc(16 * MIB));
    const { door, state } = await openDoor(large, { stalledMs: 200 });
    const socket = ask(door).pause();
    await until('the stream to be ended', () => state.ended);
    socket.destroy();
    await door.close(0);
  });

  it('keeps one that takes everything, however large it is and however long nothing comes', async () => {
    const slow = (stream: ReadableStreamDefaultController): void => {
      stream.enqueue(Buffer.alloc(16 * MIB));
      setTimeout(() => {
        stream.enqueue(Buffer.from('at last'));
        stream.close();
      }, 500);
    };
    const { door } = await openDoor(slow, { stalledMs: 100 });
    const text = await (await fetch(`${door.url}/mcp`)).text();
    assert.ok(text.endsWith('at last'));
    assert.equal(text.length, 16 * MIB + 'at last'.length);
    await door.close(0);
  });
});
