import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';

import { watchHost } from '../../../../../host/cli/attest/host-watch.ts';

describe('watchHost', () => {
  it('finds nothing wrong with a host that goes on', async () => {
    using watch = watchHost();
    await delay(20);
    assert.equal(watch.end(), undefined);
  });

  it('notices what was added to what every object inherits', () => {
    using watch = watchHost();
    Object.defineProperty(Object.prototype, 'polluted', { configurable: true, value: true });
    const fault = watch.end();
    Reflect.deleteProperty(Object.prototype, 'polluted');
    assert.match(fault ?? '', /inherits/);
  });

  it('notices that the main loop stands still', async () => {
    using watch = watchHost();
    await delay(20);
    const until = performance.now() + 1200;
    while (performance.now() < until) continue;
    await delay(20);
    assert.match(watch.end() ?? '', /stood still/);
  });
});
