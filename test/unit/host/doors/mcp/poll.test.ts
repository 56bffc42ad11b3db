import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { closeStreamEvery } from '../../../../../host/doors/mcp/poll.ts';

describe('closeStreamEvery', () => {
  it('closes again and again until it is disposed', (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const close = mock.fn();
    const polling = closeStreamEvery(100, close);
    t.mock.timers.tick(99);
    assert.equal(close.mock.callCount(), 0);
    t.mock.timers.tick(201);
    assert.equal(close.mock.callCount(), 3);
    polling[Symbol.dispose]();
    t.mock.timers.tick(1000);
    assert.equal(close.mock.callCount(), 3);
  });
});
