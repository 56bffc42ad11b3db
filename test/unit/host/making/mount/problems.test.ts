import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { hostError } from '#host/base';
import { sandboxError } from '#sandbox';
import { Problems } from '../../../../../host/making/mount/problems.ts';

describe('Problems', () => {
  it('is content while there are none', () => {
    new Problems().check('mine');
  });

  // Proves mount.all-problems.
  it('tells all of them, each at the file its failure names', () => {
    const problems = new Problems();
    problems.take('tools/a.ts', sandboxError('COMPILE_FAILED', 'no', { file: 'lib/b.ts', line: 3 }));
    problems.take('tools/c.json', hostError('MANIFEST_INVALID', 'not so'));
    problems.take(
      'tools/d.json',
      hostError('EXAMPLE_FAILED', 'no', { file: 'what the tool said', cause: 'TOOL_FAILED' }),
    );
    assert.throws(() => problems.check('mine'), {
      code: 'MOUNT_INVALID',
      message: 'the folder "mine" cannot be mounted: lib/b.ts: COMPILE_FAILED: no, and 2 more',
      data: {
        folder: 'mine',
        problems: 3,
        items: [
          { path: 'lib/b.ts', code: 'COMPILE_FAILED', message: 'no' },
          { path: 'tools/c.json', code: 'MANIFEST_INVALID', message: 'not so' },
          { path: 'tools/d.json', code: 'EXAMPLE_FAILED', message: 'no' },
        ],
      },
    });
  });

  it('tells a hundred and counts the rest', () => {
    const problems = new Problems();
    for (let at = 0; at < 150; at += 1) problems.add({ path: `tools/${at}.ts`, code: 'MOUNT_INVALID', message: 'odd' });
    assert.throws(
      () => problems.check('mine'),
      (error: { readonly data?: { readonly problems: number; readonly items: readonly unknown[] } }) =>
        error.data?.problems === 150 && error.data.items.length === 100,
    );
  });

  it('passes on what is not the author’s to mend', () => {
    const problems = new Problems();
    for (const error of [
      sandboxError('HOST_BUSY', 'full'),
      sandboxError('RUN_CANCELLED', 'stopped'),
      new Error('a bug'),
      'thrown',
    ]) {
      assert.throws(
        () => problems.take('tools/a.ts', error),
        (thrown) => thrown === error,
      );
    }
  });
});
