import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import { isReservedName } from '../../../../../../host/making/reserved-names.ts';
import { createMakerTools } from '../../../../../../host/doors/mcp/maker-tools/catalog.ts';
import { ECHO } from '../../../../../fixtures/mcp/fixture-tools.ts';
import { openUnjailedHost } from '../../../../../fixtures/mcp/unjailed-host.ts';

const CALL = {
  principal: LOCAL_PRINCIPAL,
  era: 'newer',
  client: { ask: false, sample: false, roots: false, tasks: false },
  signal: new AbortController().signal,
} as const;

async function openTools() {
  const host = await openUnjailedHost();
  await host.publish(ECHO);
  const tools = new Map(createMakerTools(host.parts).map((tool) => [tool.listed.name, tool]));
  return (name: string, args: Record<string, unknown>) => tools.get(name)!.call({ ...CALL, name, args });
}

describe('createMakerTools', () => {
  it('describes every tool and argument a model can use', async () => {
    for (const { listed } of createMakerTools((await openUnjailedHost()).parts)) {
      assert.ok((listed.description?.length ?? 0) > 60, listed.name);
      assert.equal(listed.outputSchema?.['type'], 'object');
      assert.equal(typeof listed.annotations?.readOnlyHint, 'boolean');
      for (const [argument, schema] of Object.entries(listed.inputSchema.properties ?? {})) {
        assert.equal(typeof (schema as { description?: unknown }).description, 'string', `${listed.name}.${argument}`);
      }
    }
  });

  // Proves making.reserved-names.
  it('has only names that no generated tool can take', async () => {
    for (const { listed } of createMakerTools((await openUnjailedHost()).parts))
      assert.ok(isReservedName(listed.name), listed.name);
  });

  it('warns of remove_tool alone', async () => {
    const destructive = createMakerTools((await openUnjailedHost()).parts).filter(
      ({ listed }) => listed.annotations?.destructiveHint,
    );
    assert.deepEqual(
      destructive.map(({ listed }) => listed.name),
      ['remove_tool'],
    );
  });

  for (const [name, args, path] of [
    ['describe_template', {}, ''],
    ['describe_template', { template: 1 }, '/template'],
    ['list_templates', { extra: 1 }, ''],
    ['generate_tool', { template: 'greeting', context: 'text' }, '/context'],
    ['generate_set', { tools: [{ template: 'greeting' }] }, '/tools'],
    ['generate_set', { tools: [{ template: 'greeting' }, { template: 'greeting', nmae: 'a' }] }, '/tools/1'],
    ['create_tool', { manifest: {}, source: 'x', files: { 'a.ts': 1 } }, '/files/a.ts'],
    ['rollback_tool', { tool: 'echo', to: 0 }, '/to'],
    ['remove_tool', { tool: 'No Such' }, '/tool'],
  ] as const) {
    it(`refuses ${name} ${JSON.stringify(args)} with REQUEST_INVALID at ${JSON.stringify(path)}`, async () => {
      const call = await openTools();
      await assert.rejects(call(name, args), (error: Error & { code: string; data: { path: string } }) => {
        assert.equal(error.code, 'REQUEST_INVALID');
        assert.equal(error.data.path, path);
        return true;
      });
    });
  }

  it('makes, lists, rolls back and removes versions', async () => {
    const call = await openTools();
    const manifest = { ...ECHO.manifest, name: 'mine' };
    const first = (await call('create_tool', { manifest, source: 'one' })) as { version: number; digest: string };
    const second = (await call('create_tool', { manifest, source: 'two' })) as { version: number };
    assert.deepEqual([first.version, second.version], [1, 2]);
    const { versions } = (await call('list_versions', { tool: 'mine' })) as {
      versions: { version: number; live: boolean }[];
    };
    assert.deepEqual(
      versions.map(({ version, live }) => [version, live]),
      [
        [2, true],
        [1, false],
      ],
    );
    const back = await call('rollback_tool', { tool: 'mine' });
    assert.deepEqual(back, { tool: 'mine', version: 1, digest: first.digest, unchanged: false });
    assert.deepEqual(await call('remove_tool', { tool: 'mine' }), { tool: 'mine', versions: 2 });
    await assert.rejects(call('list_versions', { tool: 'mine' }), { code: 'TOOL_NOT_FOUND' });
  });

  it('lists and describes templates', async () => {
    const call = await openTools();
    const { templates } = (await call('list_templates', {})) as { templates: { name: string }[] };
    const described = (await call('describe_template', { template: templates[0]!.name })) as Record<string, unknown>;
    assert.deepEqual(Object.keys(described).toSorted(), [
      'category',
      'context',
      'description',
      'examples',
      'name',
      'title',
      'version',
    ]);
    await assert.rejects(call('describe_template', { template: 'none' }), { code: 'TEMPLATE_NOT_FOUND' });
  });
});
