import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { suite, test } from 'node:test';

import { untilCancelled } from '../../../../host/making/cancellation.ts';

suite('untilCancelled', () => {
  test('comes to what the work comes to', async () => {
    const { signal } = new AbortController();
    assert.equal(await untilCancelled(Promise.resolve(5), signal), 5);
    assert.equal(await untilCancelled(Promise.resolve(5), undefined), 5);
    await assert.rejects(untilCancelled(Promise.reject(new TypeError('work')), signal), TypeError);
    assert.deepEqual(getEventListeners(signal, 'abort'), [], 'a listener stayed behind');
  });

  test('does not wait for the work once cancelled, whatever becomes of it', async () => {
    const controller = new AbortController();
    const { promise, reject } = Promise.withResolvers<never>();
    const waiting = untilCancelled(promise, controller.signal);
    controller.abort();
    await assert.rejects(waiting, { code: 'RUN_CANCELLED' });
    reject(new Error('too late to matter'));
  });

  test('takes a signal that fired before', async () => {
    await assert.rejects(untilCancelled(new Promise(() => {}), AbortSignal.abort()), { code: 'RUN_CANCELLED' });
  });
});
