import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { describe, it } from 'node:test';
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { MAX_LINE_BYTES, MAX_UNANSWERED, StdioTransport } from '../../../../../host/doors/mcp/stdio-transport.ts';

async function open() {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const transport = new StdioTransport(stdin, stdout);
  const received: JSONRPCMessage[] = [];
  transport.onmessage = (message) => received.push(message);
  await transport.start();
  return { stdin, stdout, transport, received, written: () => String(stdout.read() ?? '') };
}

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };

describe('StdioTransport', () => {
  it('reads messages however the stream cuts them, multi-byte characters included', async () => {
    const { stdin, received } = await open();
    const text = `${JSON.stringify({ ...PING, params: { é: '😀' } })}\r\n\n${JSON.stringify(PING)}\n`;
    for (const byte of Buffer.from(text)) stdin.write(Buffer.of(byte));
    await new Promise(setImmediate);
    assert.deepEqual(received, [{ ...PING, params: { é: '😀' } }, PING]);
  });

  it('keeps nothing of a line past the limit, and reads the next', async () => {
    const { stdin, received, written } = await open();
    const part = Buffer.alloc(1024 * 1024, 'x');
    for (let bytes = 0; bytes <= MAX_LINE_BYTES; bytes += part.length) stdin.write(part);
    stdin.write(`\n${JSON.stringify(PING)}\n`);
    await new Promise(setImmediate);
    assert.deepEqual(received, [PING]);
    const { id, error } = JSON.parse(written()) as { id: null; error: { code: number; data: { code: string } } };
    assert.deepEqual([id, error.code, error.data.code], [null, -32_600, 'REQUEST_TOO_LARGE']);
  });

  it('reads no more while too many requests wait for an answer, and goes on with one answered or cancelled', async () => {
    const { stdin, transport, received } = await open();
    const line = (message: object): string => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
    for (let id = 0; id < MAX_UNANSWERED; id += 1) stdin.write(line({ id, method: 'ping' }));
    await new Promise(setImmediate);
    stdin.write(line({ method: 'notifications/late' }));
    await new Promise(setImmediate);
    assert.equal(received.length, MAX_UNANSWERED);
    await transport.send({ jsonrpc: '2.0', id: 7, result: {} });
    await new Promise(setImmediate);
    assert.equal(received.length, MAX_UNANSWERED + 1);
    stdin.write(line({ method: 'notifications/cancelled', params: { requestId: 8 } }));
    for (const id of ['a', 'b']) stdin.write(line({ id, method: 'ping' }));
    await new Promise(setImmediate);
    assert.equal(stdin.isPaused(), true);
    assert.equal(received.length, MAX_UNANSWERED + 4);
  });

  it('goes on reading while requests wait for the client itself', async () => {
    const { stdin, transport, received, stdout } = await open();
    stdout.resume();
    const line = (message: object): string => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
    for (let id = 0; id < MAX_UNANSWERED; id += 1) {
      await transport.send({ jsonrpc: '2.0', id, method: 'elicitation/create' });
      stdin.write(line({ id, method: 'tools/call' }));
    }
    stdin.write(line({ id: 0, result: {} }));
    await new Promise(setImmediate);
    assert.deepEqual([received.length, stdin.isPaused()], [MAX_UNANSWERED + 1, false]);
    for (let id = 1; id < MAX_UNANSWERED; id += 1) {
      await transport.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
    }
    assert.equal(stdin.isPaused(), true);
  });

  it('goes on reading while requests listen, which nobody answers', async () => {
    const { stdin, received } = await open();
    const line = (message: object): string => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
    for (let id = 0; id <= MAX_UNANSWERED; id += 1) stdin.write(line({ id, method: 'subscriptions/listen' }));
    await new Promise(setImmediate);
    assert.deepEqual([received.length, stdin.isPaused()], [MAX_UNANSWERED + 1, false]);
  });

  it('refuses to listen to more than one client may', async () => {
    const { stdin, received, written } = await open();
    const resourceSubscriptions = Array.from({ length: 10_000 }, (_, id) => `a:${id}`);
    const params = { notifications: { resourceSubscriptions } };
    stdin.write(`${JSON.stringify({ ...PING, method: 'subscriptions/listen', params })}\n`);
    await new Promise(setImmediate);
    const { id, error } = JSON.parse(written()) as { id: number; error: { code: number; data: { code: string } } };
    assert.deepEqual([id, error.code, error.data.code], [1, -32_602, 'SUBSCRIPTION_LIMIT']);
    assert.deepEqual(received, []);
  });

  it('waits for a slow reader before it calls a message sent', async () => {
    const { promise: slow, resolve: go } = Promise.withResolvers<void>();
    const stdout = new Writable({
      highWaterMark: 1,
      async construct(done) {
        await slow;
        done();
      },
      write: (_chunk, _encoding, done) => done(),
    });
    const transport = new StdioTransport(new PassThrough(), stdout);
    await transport.start();
    let sent = false;
    const sending = transport.send({ jsonrpc: '2.0', method: 'a' }).then(() => (sent = true));
    await new Promise(setImmediate);
    assert.equal(sent, false);
    go();
    await sending;
  });

  it('closes once, when its client closes stdin or stops reading', async () => {
    for (const leave of ['stdin', 'stdout'] as const) {
      const wire = await open();
      let closed = 0;
      wire.transport.onclose = () => (closed += 1);
      if (leave === 'stdin') wire.stdin.end();
      else wire.stdout.destroy(new Error('EPIPE'));
      await wire.transport.closed;
      await wire.transport.close();
      assert.equal(closed, 1);
    }
  });
});
