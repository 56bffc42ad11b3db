import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { nearest } from '../../../../../sandbox/guest/schema/nearest.ts';

describe('nearest', () => {
  it('finds a name with a typo, whatever its case', () => {
    assert.equal(nearest('requird', ['type', 'required', 'properties']), 'required');
    assert.equal(nearest('churnrate', ['gain', 'churn_rate']), 'churn_rate');
    assert.equal(nearest('Gain', ['gain', 'main']), 'gain');
  });

  it('finds nothing where nothing is near', () => {
    assert.equal(nearest('colour', ['gain', 'cost']), undefined);
    assert.equal(nearest('', []), undefined);
    assert.equal(nearest('x'.repeat(100_000), ['y'.repeat(100_000)]), undefined);
  });
});
