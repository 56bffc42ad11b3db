import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { PendingRequests } from '../../../../../host/doors/mcp/pending-requests.ts';

const GRACE_MS = 1000;
const OK = async (): Promise<Response> => new Response('', { status: 200 });

function openPending(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const cancelled: unknown[] = [];
  const pending = new PendingRequests({ graceMs: GRACE_MS, cancel: (id) => cancelled.push(id) });
  return { pending, cancelled, tick: (ms: number) => t.mock.timers.tick(ms) };
}

describe('PendingRequests', () => {
  it('cancels a request whose client has been away for too long', async (t) => {
    const { pending, cancelled, tick } = openPending(t);
    const connection = new AbortController();
    await pending.serve(1, connection.signal, OK);
    tick(GRACE_MS * 10);
    assert.deepEqual(cancelled, []);
    connection.abort();
    tick(GRACE_MS - 1);
    assert.deepEqual(cancelled, []);
    tick(1);
    assert.deepEqual([cancelled, pending.size], [[1], 0]);
  });

  it('starts over when the client came back for its stream', async (t) => {
    const { pending, cancelled, tick } = openPending(t);
    const [first, second, other] = [new AbortController(), new AbortController(), new AbortController()];
    await pending.serve(1, first.signal, async () => {
      pending.opened('a');
      return OK();
    });
    pending.opened('outside'); // not in the context of a request
    first.abort();
    tick(GRACE_MS - 1);
    pending.resumed('outside', other.signal);
    pending.resumed('a', second.signal);
    tick(GRACE_MS * 10);
    assert.deepEqual(cancelled, []);
    second.abort();
    tick(GRACE_MS);
    assert.deepEqual(cancelled, [1]);
  });

  it('leaves alone what was answered', async (t) => {
    const { pending, cancelled, tick } = openPending(t);
    const connection = new AbortController();
    await pending.serve(1, connection.signal, OK);
    pending.answered(1);
    connection.abort();
    tick(GRACE_MS * 2);
    assert.deepEqual([cancelled, pending.size], [[], 0]);
  });

  it('forgets a request that was refused', async (t) => {
    const { pending } = openPending(t);
    await pending.serve(1, new AbortController().signal, async () => new Response('', { status: 400 }));
    assert.equal(pending.size, 0);
  });

  it('cancels nothing once it is disposed', async (t) => {
    const { pending, cancelled, tick } = openPending(t);
    const gone = AbortSignal.abort();
    await pending.serve(1, gone, OK);
    pending[Symbol.dispose]();
    tick(GRACE_MS * 2);
    assert.deepEqual(cancelled, []);
  });
});
