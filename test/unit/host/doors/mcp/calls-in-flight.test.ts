import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { CallsInFlight } from '../../../../../host/doors/mcp/calls-in-flight.ts';

describe('CallsInFlight', () => {
  it('counts a call while it runs, whether it ends well or not', async () => {
    const calls = new CallsInFlight();
    const { promise, resolve } = Promise.withResolvers<string>();
    const call = calls.run([], () => promise);
    assert.equal(calls.size, 1);
    resolve('done');
    assert.equal(await call, 'done');
    assert.equal(calls.size, 0);
    await assert.rejects(calls.run([], async () => Promise.reject(new Error('no'))));
    assert.equal(calls.size, 0);
  });

  it('passes on whichever signal fires', async () => {
    const calls = new CallsInFlight();
    const client = new AbortController();
    const call = calls.run([undefined, client.signal], async (signal) => once(signal, 'abort'));
    client.abort();
    await call;
  });

  it('waits for calls before it aborts those that are left', async () => {
    const calls = new CallsInFlight();
    const { promise, resolve } = Promise.withResolvers<string>();
    const quick = calls.run([], () => promise);
    let aborted = false;
    const endless = calls.run([], async (signal) => {
      await once(signal, 'abort');
      aborted = true;
    });
    const drained = calls.drain(30);
    resolve('in time');
    assert.equal(await quick, 'in time');
    assert.equal(aborted, false);
    await drained;
    await endless;
    assert.equal(aborted, true);
  });

  it('drains at once when nothing runs', async () => {
    await new CallsInFlight().drain(60_000);
  });
});
