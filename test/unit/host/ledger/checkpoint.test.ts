import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import {
  NO_CHECKPOINT,
  parseCheckpoint,
  readCheckpoint,
  signCheckpoint,
  type Checkpoint,
} from '../../../../host/ledger/checkpoint.ts';
import { createSigningKey } from '../../../../host/ledger/signing-key.ts';

function sign(): Checkpoint {
  const { key } = createSigningKey();
  const heads = [{ writer: 'runs_1', sequence: 2, hash: 'hh' }];
  const checkpoint = readCheckpoint(signCheckpoint({ number: 1, at: 1, previous: NO_CHECKPOINT, heads }, key));
  assert.ok(checkpoint);
  return checkpoint;
}

describe('parseCheckpoint', () => {
  it('takes one however its file is laid out', () => {
    const checkpoint = sign();
    const turned = Object.fromEntries(Object.entries(checkpoint).toReversed());
    assert.deepEqual(parseCheckpoint(JSON.parse(JSON.stringify(turned, undefined, 2))), checkpoint);
  });

  it('refuses whatever is none', () => {
    const checkpoint = sign();
    const others = [
      undefined,
      null,
      'x',
      [],
      {},
      { ...checkpoint, format: 'glovebox-checkpoint-2' },
      { ...checkpoint, number: '1' },
      { ...checkpoint, heads: [null] },
      { ...checkpoint, heads: [{ writer: 'runs_1', sequence: 1.5, hash: 'hh' }] },
      { ...checkpoint, signature: undefined },
    ];
    for (const value of others) assert.throws(() => parseCheckpoint(value), { code: 'CHECKPOINT_INVALID' });
  });

  it('refuses what says anything else than was signed, or bears the key of somebody else', () => {
    const checkpoint = sign();
    const { publicKey } = sign();
    for (const change of [{ at: 2 }, { number: 2 }, { heads: [] }, { more: 1 }, { publicKey }, { publicKey: 'no key' }])
      assert.throws(() => parseCheckpoint({ ...checkpoint, ...change }), { code: 'CHECKPOINT_INVALID' });
  });
});
