import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { hostError } from '#host/base';
import { createGroupCommit } from '../../../../host/store/group-commit.ts';

describe('createGroupCommit', () => {
  it('writes the rows of one turn together and resolves none before they are written', async () => {
    const groups: (readonly number[])[] = [];
    const gate = Promise.withResolvers<void>();
    const write = createGroupCommit<number>(async (rows) => {
      groups.push(rows);
      await gate.promise;
    }, 10);
    let settled = 0;
    const all = Promise.all([1, 2, 3].map(async (row) => write(row).then(() => (settled += 1))));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(groups, [[1, 2, 3]]);
    assert.equal(settled, 0);
    gate.resolve();
    await all;
    assert.equal(settled, 3);
  });

  it('makes the next group of what arrives while one is being written', async () => {
    const groups: (readonly number[])[] = [];
    let late: Promise<void> | undefined;
    const write = createGroupCommit<number>(async (rows) => {
      groups.push(rows);
      late ??= write(2);
    }, 10);
    await write(1);
    await late;
    await write(3);
    assert.deepEqual(groups, [[1], [2], [3]]);
  });

  it('lets no row fail for another one', async () => {
    const written: number[] = [];
    const write = createGroupCommit<number>(async (rows) => {
      if (rows.includes(2)) throw hostError('STORE_FAILED', 'row 2 exists', { reason: 'constraint' });
      written.push(...rows);
    }, 10);
    const results = await Promise.allSettled([write(1), write(2), write(3)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(written, [1, 3]);
  });

  it('tries once for the whole group where the store is at fault, not a row', async () => {
    for (const failure of [
      hostError('STORE_BUSY', 'no'),
      hostError('STORE_FULL', 'no'),
      hostError('STORE_FAILED', 'no', { reason: 'unreachable' }),
      hostError('STORE_FAILED', 'no', { reason: 'connection-lost' }),
    ]) {
      let attempts = 0;
      const write = createGroupCommit<number>(async () => {
        attempts += 1;
        throw failure;
      }, 10);
      const results = await Promise.allSettled([write(1), write(2), write(3)]);
      assert.ok(results.every((result) => result.status === 'rejected' && result.reason === failure));
      assert.equal(attempts, 1);
    }
  });

  it('makes no group larger than it may be', async () => {
    const groups: (readonly number[])[] = [];
    const write = createGroupCommit<number>(async (rows) => void groups.push(rows), 2);
    await Promise.all([1, 2, 3, 4, 5].map(write));
    assert.deepEqual(groups, [[1, 2], [3, 4], [5]]);
  });
});
