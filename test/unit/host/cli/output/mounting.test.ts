import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { formatMountedItem, formatMountProblems } from '../../../../../host/cli/output/mounting.ts';
import type { Style } from '../../../../../host/cli/output/style.ts';

const plain: Style = (_format, text) => text;

describe('formatMountedItem', () => {
  it('puts an item on one line', () => {
    const item = { path: 'tools/a.ts', ms: 12.3, done: 3, total: 12 };
    assert.equal(formatMountedItem(item, plain), '  ✔  3/12    12 ms  tools/a.ts');
    const problem = { path: 'tools/a.ts', code: 'COMPILE_FAILED', message: 'no' };
    assert.equal(formatMountedItem({ ...item, problem }, plain), '  ✖  3/12    12 ms  tools/a.ts');
  });
});

describe('formatMountProblems', () => {
  const items = [
    { path: 'tools/a.ts', code: 'COMPILE_FAILED', message: 'tools/a.ts:1:1: no' },
    { path: 'lib', code: 'MOUNT_INVALID', message: 'odd' },
  ];

  it('shows each problem at its place, and counts those it was not told', () => {
    assert.equal(
      formatMountProblems({ problems: 5, items }, plain),
      '  tools/a.ts COMPILE_FAILED\n    tools/a.ts:1:1: no\n  lib MOUNT_INVALID\n    odd\n  … and 3 more',
    );
  });

  it('has nothing to say of other failures', () => {
    assert.equal(formatMountProblems({ items }, plain), undefined);
    assert.equal(formatMountProblems({ problems: 1 }, plain), undefined);
  });
});
