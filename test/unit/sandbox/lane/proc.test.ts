import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { ProcessGauge } from '../../../../sandbox/lane/proc.ts';

const MIB = 2 ** 20;

describe('ProcessGauge', { skip: process.platform !== 'linux' }, () => {
  it('reads the CPU time and the resident size of a process', () => {
    using gauge = new ProcessGauge(process.pid);
    const before = gauge.read();
    const own = process.cpuUsage();
    const large = Buffer.alloc(64 * MIB, 1);
    for (const end = performance.now() + 100; performance.now() < end;);
    const after = gauge.read();
    const spent = process.cpuUsage(own);
    assert.ok(before !== undefined && after !== undefined);
    const spentMs = (spent.user + spent.system) / 1000;
    assert.ok(Math.abs(after.cpuMs - before.cpuMs - spentMs) <= 30, `${after.cpuMs - before.cpuMs} of ${spentMs} ms`);
    assert.ok(Math.abs(after.rssBytes - process.memoryUsage.rss()) < 16 * MIB, `${after.rssBytes} bytes`);
    // Not beside what it was before: the collector may have let go of what other tests left.
    assert.ok(after.rssBytes > large.length);
  });

  it('tells nothing of a process that is not there, nor of another one that has got its id', async () => {
    const child = spawn('true');
    using gauge = new ProcessGauge(child.pid ?? 0);
    await once(child, 'exit');
    assert.equal(gauge.read(), undefined);
    using late = new ProcessGauge(child.pid ?? 0);
    assert.equal(late.read(), undefined);
  });
});
