import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findNearest } from '../../../../host/cli/suggest.ts';

describe('findNearest', () => {
  const names = ['pricing_closing', 'roi_acme', 'roi_globex'];

  for (const [given, meant] of [
    ['roi_acne', 'roi_acme'],
    ['roiacme', 'roi_acme'],
    ['pricing', 'pricing_closing'],
    ['roi_glob', 'roi_globex'],
  ] as const) {
    it(`takes ${given} for ${meant}`, () => assert.equal(findNearest(given, names), meant));
  }

  it('suggests nothing for a name that is like none', () => {
    assert.equal(findNearest('weather', names), undefined);
    assert.equal(findNearest('', names), undefined);
    assert.equal(findNearest('roi_acme', []), undefined);
  });
});
