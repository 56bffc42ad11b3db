import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import type { Registry } from '#host/registry';
import { createToolFacts } from '../../../../../host/doors/mcp/tool-facts.ts';
import { ECHO, ROUTED, SLOW } from '../../../../fixtures/mcp/fixture-tools.ts';
import { openUnjailedHost } from '../../../../fixtures/mcp/unjailed-host.ts';

async function openFacts() {
  const host = await openUnjailedHost();
  for (const tool of [ECHO, ROUTED, SLOW]) await host.publish(tool);
  const loads: string[] = [];
  const { registry } = host.parts;
  const watched: Pick<Registry, 'list' | 'get'> = {
    list: (tenant) => registry.list(tenant),
    get(tenant, reference) {
      loads.push(reference);
      return registry.get(tenant, reference);
    },
  };
  return { host, loads, facts: createToolFacts(watched as Registry) };
}

describe('createToolFacts', () => {
  it('knows the header parameters of live tools without loading one', async () => {
    const { facts, loads } = await openFacts();
    const found = await facts.headerParameters(LOCAL_PRINCIPAL, 'routed');
    assert.deepEqual(
      found.map(({ header }) => header),
      ['Mcp-Param-Region', 'Mcp-Param-Shard'],
    );
    for (const name of ['echo', 'nobody', '__proto__']) {
      assert.deepEqual(await facts.headerParameters(LOCAL_PRINCIPAL, name), []);
    }
    assert.deepEqual(loads, []);
  });

  it('loads the version a reference names, and expects nothing of one that is missing', async () => {
    const { facts, loads } = await openFacts();
    assert.equal((await facts.headerParameters(LOCAL_PRINCIPAL, 'routed@1')).length, 2);
    assert.deepEqual(await facts.headerParameters(LOCAL_PRINCIPAL, 'routed@7'), []);
    assert.deepEqual(loads, ['routed@1', 'routed@7']);
  });

  it('knows which tools may take long, and notices new ones', async () => {
    const { facts, host } = await openFacts();
    const takesLong = (name: string): boolean => facts.takesLong(LOCAL_PRINCIPAL, name);
    assert.deepEqual(['slow', 'slow@1', 'echo', 'later'].map(takesLong), [true, true, false, false]);
    await host.publish({ ...SLOW, manifest: { ...SLOW.manifest, name: 'later' } });
    assert.equal(takesLong('later'), true);
  });
});
