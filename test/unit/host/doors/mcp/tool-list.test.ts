import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import { createToolList } from '../../../../../host/doors/mcp/tool-list.ts';
import { bystander } from '../../../../fixtures/mcp/fixture-tools.ts';
import { openUnjailedHost } from '../../../../fixtures/mcp/unjailed-host.ts';

const { tenant } = LOCAL_PRINCIPAL;
const FIRST = [{ name: 'zebra', inputSchema: { type: 'object' as const } }];

async function listOf(count: number) {
  const host = await openUnjailedHost();
  for (let index = 0; index < count; index += 1) await host.publish(bystander(`t${String(index).padStart(3, '0')}`));
  return { host, list: createToolList(host.parts.registry, FIRST) };
}

describe('createToolList', () => {
  it('puts the given tools first and has no cursor when all fit on a page', async () => {
    const { list } = await listOf(99);
    const page = list(tenant);
    assert.equal(page.tools.length, 100);
    assert.equal(page.tools[0]?.name, 'zebra');
    assert.equal(page.nextCursor, undefined);
  });

  // Proves mcp.stable-list.
  it('cuts pages of 100 that together are the whole list', async () => {
    const { list } = await listOf(250);
    const first = list(tenant);
    const second = list(tenant, first.nextCursor);
    const third = list(tenant, second.nextCursor);
    assert.deepEqual(
      [first, second, third].map(({ tools }) => tools.length),
      [100, 100, 51],
    );
    assert.equal(third.nextCursor, undefined);
    assert.equal(new Set([first, second, third].flatMap(({ tools }) => tools.map(({ name }) => name))).size, 251);
  });

  it('neither misses nor repeats a tool when another before it goes between two pages', async () => {
    const { host, list } = await listOf(150);
    const first = list(tenant);
    await host.parts.registry.remove(LOCAL_PRINCIPAL, 't000');
    const second = list(tenant, first.nextCursor);
    assert.equal(second.tools[0]?.name, 't099');
    assert.equal(second.tools.length, 51);
  });

  it('projects a tool once until the registry changes', async () => {
    const { host, list } = await listOf(2);
    assert.equal(list(tenant).tools[1], list(tenant).tools[1]);
    const before = list(tenant).tools[1];
    await host.publish(bystander('other'));
    assert.notEqual(list(tenant).tools[2], before);
  });

  for (const cursor of [
    '',
    'x',
    Buffer.from('after:').toString('base64url'),
    Buffer.from('after:A-B').toString('base64url'),
  ]) {
    it(`refuses the cursor ${JSON.stringify(cursor)}`, async () => {
      const { list } = await listOf(1);
      assert.throws(() => list(tenant, cursor), { code: 'REQUEST_INVALID', data: { path: '/cursor' } });
    });
  }
});
