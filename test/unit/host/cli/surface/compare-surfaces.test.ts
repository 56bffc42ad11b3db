import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Surface } from '#sandbox';
import { compareSurfaces, countChanges } from '../../../../../host/cli/surface/compare-surfaces.ts';

const OLD: Surface = new Map([
  ['Array', 'constructor'],
  ['Math', 'object'],
  ['atob', 'constructor'],
]);

describe('compareSurfaces', () => {
  it('finds nothing between two that are alike, in whatever order', () => {
    const change = compareSurfaces(OLD, new Map([...OLD].toReversed()));
    assert.deepEqual(change, { added: [], removed: [], changed: [] });
    assert.equal(countChanges(change), 0);
  });

  it('tells new names, names that are gone and names that stand for something else, in the order of the paths', () => {
    const change = compareSurfaces(
      OLD,
      new Map([
        ['gc', 'function'],
        ['WeakRef', 'constructor'],
        ['atob', 'function'],
        ['Array', 'constructor'],
      ]),
    );
    assert.deepEqual(change, {
      added: [
        { path: 'WeakRef', kind: 'constructor' },
        { path: 'gc', kind: 'function' },
      ],
      removed: [{ path: 'Math', kind: 'object' }],
      changed: [{ path: 'atob', kind: 'function', was: 'constructor' }],
    });
    assert.equal(countChanges(change), 4);
  });
});
