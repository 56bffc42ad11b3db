import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PAGE_SIZE, pageOf } from '../../../../../host/doors/mcp/pages.ts';

const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `t${String(index).padStart(3, '0')}` }));

describe('pageOf', () => {
  it('has no cursor on the last page, not even when that is full', () => {
    const { items: page, next } = pageOf(items(PAGE_SIZE), undefined);
    assert.deepEqual([page.length, next], [PAGE_SIZE, {}]);
    assert.deepEqual(pageOf([], undefined), { items: [], next: {} });
  });

  it('puts the given items first, on the first page alone', () => {
    const first = pageOf(items(150), undefined, [{ name: 'zebra' }]);
    assert.deepEqual([first.items.length, first.items[0]?.name], [PAGE_SIZE, 'zebra']);
    const second = pageOf(items(150), first.next.nextCursor, [{ name: 'zebra' }]);
    assert.deepEqual([second.items.length, second.items[0]?.name], [51, 't099']);
  });

  it('is empty after the last item of all', () => {
    const cursor = Buffer.from('after:zzz').toString('base64url');
    assert.deepEqual(pageOf(items(3), cursor), { items: [], next: {} });
  });
});
