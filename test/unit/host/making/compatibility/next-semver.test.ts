import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { nextSemver } from '../../../../../host/making/compatibility/next-semver.ts';

suite('nextSemver', () => {
  for (const [live, written, kind, next] of [
    ['1.2.3', '1.0.0', 'breaking', '2.0.0'],
    ['1.2.3', '1.0.0', 'additive', '1.3.0'],
    ['1.2.3', '1.0.0', 'description', '1.2.4'],
    ['1.2.3', '1.2.3', 'none', '1.2.4'],
    ['0.3.1', '0.3.1', 'breaking', '1.0.0'],
    // The author's own, when it says enough.
    ['1.2.3', '2.0.0', 'breaking', '2.0.0'],
    ['1.2.3', '2.1.0', 'breaking', '2.1.0'],
    ['1.2.3', '4.0.0', 'none', '4.0.0'],
    ['1.2.3', '1.3.0', 'breaking', '2.0.0'],
    ['1.2.3', '1.2.9', 'additive', '1.3.0'],
    // Before a release.
    ['1.2.3', '2.0.0-rc.1', 'breaking', '2.0.0-rc.1'],
    ['2.0.0-rc.1', '2.0.0-rc.2', 'none', '2.0.0-rc.2'],
    ['2.0.0-rc.2', '2.0.0-rc.2', 'breaking', '2.0.0'],
    ['2.0.0-rc.10', '2.0.0-rc.9', 'none', '2.0.0'],
    ['2.0.0-alpha', '2.0.0-1', 'none', '2.0.0'],
    ['2.0.0-rc', '2.0.0-rc.1', 'none', '2.0.0-rc.1'],
    ['2.1.0-rc.1', '2.1.0', 'additive', '2.1.0'],
    ['2.1.0-rc.1', '2.1.0-rc.1', 'breaking', '3.0.0'],
    ['2.0.0', '2.0.0-rc.1', 'none', '2.0.1'],
  ] as const) {
    test(`of ${live}, written ${written}, with ${kind}, is ${next}`, () =>
      assert.equal(nextSemver(live, written, kind), next));
  }
});
