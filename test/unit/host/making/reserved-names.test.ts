import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { checkFree, isReservedName } from '../../../../host/making/reserved-names.ts';

suite('isReservedName', () => {
  test('holds for maker tools and the prefix, for nothing else', () => {
    for (const name of ['generate_tool', 'describe_run', 'glovebox_', 'glovebox_anything'])
      assert.ok(isReservedName(name));
    for (const name of ['generate_tools', 'glovebox', 'gloveboxes', 'my_create_tool']) assert.ok(!isReservedName(name));
  });
});

suite('checkFree', () => {
  test('gives a free name back and refuses a reserved one', () => {
    assert.equal(checkFree('roi_acme'), 'roi_acme');
    assert.throws(() => checkFree('list_templates'), { code: 'TOOL_NAME_RESERVED', data: { name: 'list_templates' } });
  });
});
