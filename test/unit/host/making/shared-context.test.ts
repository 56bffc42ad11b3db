import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { JsonSchema } from '#sandbox';
import { shareContext } from '../../../../host/making/shared-context.ts';

const CLOSED: JsonSchema = { type: 'object', properties: { a: {}, b: {} }, additionalProperties: false };
const OPEN: JsonSchema = { type: 'object', properties: { b: {}, c: {} } };
const ANY: JsonSchema = { type: 'object' };
const NONE: JsonSchema = { type: 'object', additionalProperties: false };

suite('shareContext', () => {
  test('gives each template the keys its schema names; one that names none takes all', () => {
    const shared = { a: 1, b: 2, c: 3 };
    const contexts = shareContext(
      shared,
      [CLOSED, OPEN, ANY, NONE].map((schema) => ({ schema })),
    );
    assert.deepEqual(contexts, [{ a: 1, b: 2 }, { b: 2, c: 3 }, shared, {}]);
  });

  test("lays a tool's own context over it, key by key", () => {
    const [context] = shareContext({ a: { x: 1 }, b: 2 }, [{ schema: CLOSED, context: { a: { y: 1 }, z: 3 } }]);
    assert.deepEqual(context, { a: { y: 1 }, b: 2, z: 3 });
  });

  test('leaves an own context that is no object for its template to refuse', () => {
    assert.deepEqual(shareContext({}, [{ schema: CLOSED, context: 'text' }]), ['text']);
  });

  test('refuses a key that nobody takes', () => {
    assert.throws(() => shareContext({ a: 1, cutsomer: 2 }, [{ schema: CLOSED }, { schema: OPEN }]), {
      code: 'REQUEST_INVALID',
      data: { path: '/context/cutsomer' },
    });
  });

  test('refuses a shared context that is no object', () => {
    for (const shared of [[], 'text', null, 1]) {
      assert.throws(() => shareContext(shared, [{ schema: ANY }]), { code: 'REQUEST_INVALID' });
    }
  });

  test('takes __proto__ for a key like any other', () => {
    const [context] = shareContext(JSON.parse('{"__proto__":{"a":1}}'), [{ schema: ANY }]);
    assert.equal(JSON.stringify(context), '{"__proto__":{"a":1}}');
  });
});
