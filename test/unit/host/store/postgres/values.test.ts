import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ROW_TYPES, toPostgresParameters } from '../../../../../host/store/postgres/values.ts';

const INT8 = 20;
const TEXT = 25;

describe('ROW_TYPES', () => {
  const parse = ROW_TYPES.getTypeParser(INT8) as (text: string) => unknown;

  it('reads 64-bit integers as numbers', () => {
    assert.equal(parse('0'), 0);
    assert.equal(parse('-9007199254740991'), Number.MIN_SAFE_INTEGER);
    assert.equal((ROW_TYPES.getTypeParser(TEXT) as (text: string) => unknown)('1'), '1');
  });

  it('refuses what a number cannot hold exactly', () => {
    assert.throws(() => parse('9007199254740992'), { code: 'INTERNAL' });
  });
});

describe('toPostgresParameters', () => {
  it('writes NUL as U+FFFD, and nothing else differently', () => {
    const bytes = new Uint8Array([0]);
    assert.deepEqual(toPostgresParameters(['a\0b\0', '', 1, null, true, bytes]), ['a�b�', '', 1, null, true, bytes]);
  });

  it('refuses what the driver would write as a text of its own making', () => {
    assert.throws(() => toPostgresParameters([{ a: 1 }]), { code: 'INTERNAL', data: { index: 0 } });
  });
});
