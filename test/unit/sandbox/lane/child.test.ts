import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { standardPlan } from '../../../../sandbox/lane/cell-plan.ts';
import { spawnChild, untilReady } from '../../../../sandbox/lane/child.ts';
import { fakePrograms } from '../../../fixtures/jail/fake-cell.ts';

describe('JailedChild', { skip: process.platform !== 'linux' }, () => {
  it('knows after its end what it used up to it, though nobody asked meanwhile', async () => {
    const programs = await fakePrograms('burn(300); process.exit(7);');
    const child = spawnChild({ kind: 'cell', ...standardPlan('strict'), programs });
    await untilReady(child);
    const before = child.usage();
    child.send({ type: 'start', run: 'run' }, '"evil"');
    assert.equal((await child.exited).code, 7);
    const after = child.usage();
    assert.ok(before !== undefined && after !== undefined);
    // It runs for 300 ms; on a starved machine it burns less.
    assert.ok(after.cpuMs - before.cpuMs >= 50, `${after.cpuMs - before.cpuMs} ms`);
  });
});
