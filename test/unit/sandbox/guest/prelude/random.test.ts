import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { evaluate } from './guest.ts';

// Proves jail.seeded-randomness.
describe('Math.random', () => {
  it('draws the same sequence on every machine', async () => {
    // Pinned: a change here breaks the replay of every recorded run.
    assert.deepEqual(await evaluate('[Math.random(), Math.random(), Math.random()]'), PINNED);
  });

  it('is spread evenly enough', async () => {
    const mean = await evaluate(
      `(() => { let sum = 0; for (let i = 0; i < 20000; i++) sum += Math.random(); return sum / 20000; })()`,
    );
    assert.ok(Math.abs(Number(mean) - 0.5) < 0.02, String(mean));
  });

  it('differs with any digit of the seed', async () => {
    const drawn = new Set<unknown>();
    for (let at = 0; at < 32; at++) {
      const seed = `${'0'.repeat(at)}1${'0'.repeat(31 - at)}`;
      drawn.add(await evaluate('Math.random()', { seed }));
    }
    assert.equal(drawn.size, 32);
  });

  it('draws numbers from 0 up to 1 for a seed of zeros', async () => {
    const seed = '0'.repeat(32);
    assert.equal(
      await evaluate(`Array.from({ length: 1000 }, Math.random).every((x) => x > 0 && x < 1)`, { seed }),
      true,
    );
  });
});

const PINNED = [0.19995669519062254, 0.42980020754184134, 0.6292342552646152];
