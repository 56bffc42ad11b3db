import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { hostError } from '#host/base';
import { blame, checkIn } from '../../../../host/making/blame.ts';

function refuse(): never {
  throw hostError('MANIFEST_INVALID', 'no good', { path: '/name' });
}

suite('checkIn', () => {
  test('gives back what the check does', () => {
    const found = checkIn('manifest', () => 5);
    assert.equal(found, 5);
  });

  test('names a file of the template, or a part of the request', () => {
    const code = 'MANIFEST_INVALID';
    assert.throws(() => checkIn('tool.json.hbs', refuse), {
      code,
      message: 'tool.json.hbs: no good',
      data: { path: '/name', file: 'tool.json.hbs' },
    });
    assert.throws(() => checkIn('constraints', refuse), {
      code,
      message: 'constraints: no good',
      data: { path: '/name', part: 'constraints' },
    });
  });
});

suite('blame', () => {
  test('leaves alone what names a place already, and what has no code', () => {
    for (const place of [{ file: 'lib/a.ts' }, { part: 'constraints' }]) {
      const named = hostError('TEMPLATE_INVALID', 'no good', place);
      assert.equal(blame('tool.json.hbs', named), named);
    }
    const bug = new TypeError('a bug');
    assert.equal(blame('tool.json.hbs', bug), bug);
  });
});
