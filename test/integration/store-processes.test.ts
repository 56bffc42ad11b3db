// Several processes on one home: each serves what the others publish, and none takes another's number.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import { openRegistry } from '#host/registry';
import { onEachBackend } from '../fixtures/store/backends.ts';
import { Child } from '../fixtures/store/child.ts';

const { tenant } = LOCAL_PRINCIPAL;
const EACH = 20;

onEachBackend('processes on one home', (createPlace) => {
  // Proves registry.shared-home.
  it('publish side by side, and a third serves all of it within 500 ms', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await using registry = await openRegistry({ store, clock });
    const seenAt = new Map<string, number>();
    using _listening = registry.onChange(() => {
      for (const { tool } of registry.list(tenant)) if (!seenAt.has(tool)) seenAt.set(tool, clock.now());
    });

    await using left = new Child('./publish-some.ts', ...place.args, 'left', String(EACH));
    await using right = new Child('./publish-some.ts', ...place.args, 'right', String(EACH));
    await Promise.all([left.said(1), right.said(1)]);
    for (const child of [left, right]) child.release();
    assert.deepEqual(await Promise.all([left.ended(), right.ended()]), [0, 0]);
    const deadline = clock.now() + 2000;
    while (seenAt.size < 2 * EACH && clock.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));

    const lags = [...left.lines.slice(1), ...right.lines.slice(1)].map((line) => {
      const [at, reference = ''] = line.split(' ');
      return (seenAt.get(reference.slice(0, reference.indexOf('@'))) ?? Infinity) - Number(at);
    });
    assert.equal(lags.length, 2 * EACH);
    assert.ok(Math.max(...lags) < 500, `the slowest was served after ${Math.max(...lags)} ms`);
  });

  it('publish under one name without two versions of one number', async () => {
    await using place = await createPlace();
    await using left = new Child('./publish-some.ts', ...place.args, 'left', String(EACH), 'roi');
    await using right = new Child('./publish-some.ts', ...place.args, 'right', String(EACH), 'roi');
    await Promise.all([left.said(1), right.said(1)]);
    for (const child of [left, right]) child.release();
    assert.deepEqual(await Promise.all([left.ended(), right.ended()]), [0, 0]);

    const published = [...left.lines.slice(1), ...right.lines.slice(1)].map((line) => Number(line.split('@')[1]));
    const expected = Array.from({ length: 2 * EACH }, (_, index) => index + 1);
    assert.deepEqual(
      published.sort((a, b) => a - b),
      expected,
    );
    await using store = await place.open();
    await using registry = await openRegistry({ store, clock, watch: false });
    const versions = await registry.versions(tenant, 'roi');
    assert.deepEqual(
      versions.map(({ version }) => version),
      expected.reverse(),
    );
    assert.equal(versions.filter(({ live }) => live).length, 1);
  });
});
