import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ENGINE, engineIn, profileOf } from '#sandbox';

describe('engineIn', () => {
  it('is the engine alone for strict runs, as in records made before there were profiles', () => {
    assert.equal(engineIn('strict'), ENGINE);
  });

  it('tells the profile of fast ones', () => {
    assert.equal(engineIn('fast'), `${ENGINE}, fast`);
  });
});

describe('profileOf', () => {
  it('reads what engineIn wrote', () => {
    assert.deepEqual([profileOf(engineIn('strict')), profileOf(engineIn('fast'))], ['strict', 'fast']);
  });

  it('takes what it does not know for strict', () => {
    assert.deepEqual([profileOf(''), profileOf('node 1')], ['strict', 'strict']);
  });
});
