import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock, type Principal, type TenantId } from '#host/base';
import { openRegistry, type ListTopic, type Registry } from '#host/registry';
import { openStore } from '#host/store';
import { createDraft } from '../../../fixtures/store/drafts.ts';
import { createMount } from '../../../fixtures/store/mounts.ts';
import { createTemporaryHome } from '../../../fixtures/store/temporary-home.ts';

const me = LOCAL_PRINCIPAL;
const { tenant } = me;
const other: Principal = { ...me, tenant: 'other' as TenantId };

interface Opened extends AsyncDisposable {
  readonly registry: Registry;
  /** `tools`, `prompts` … in the order they were told. */
  readonly told: ListTopic[];
}

async function open(): Promise<Opened> {
  await using stack = new AsyncDisposableStack();
  const home = stack.use(await createTemporaryHome());
  const store = stack.use(await openStore({ home: home.path, clock: systemClock }));
  const registry = stack.use(await openRegistry({ store, clock: systemClock, watch: false }));
  const told: ListTopic[] = [];
  registry.onChange((_tenant, topic) => told.push(topic));
  const owned = stack.move();
  return { registry, told, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const toolsOf = (registry: Registry): readonly string[] => registry.list(tenant).map(({ tool }) => tool);

describe('Registry.mount', () => {
  // Proves mount.beside-store.
  it('serves its tools beside those of the store, as version 1, until disposed', async () => {
    await using opened = await open();
    const { registry, told } = opened;
    await registry.publish(me, createDraft('m', 'one'));
    const stored = registry.list(tenant);
    const mounted = registry.mount(me, createMount({ tools: ['z', 'a'] }));
    assert.deepEqual(toolsOf(registry), ['a', 'm', 'z']);
    assert.equal(registry.list(tenant), registry.list(tenant));
    assert.deepEqual(registry.categories(tenant), { general: ['a', 'm', 'z'] });
    const version = await registry.get(tenant, 'a');
    assert.deepEqual([version.version, version.lineage, version.publishedBy], [1, 'mount:a', me.id]);
    assert.equal(await registry.get(tenant, 'a@1'), version);
    assert.deepEqual(await registry.getSource(tenant, 'a'), {
      source: '// mounted a',
      sourceMap: '{"version":3}',
    });
    const [summary, ...more] = await registry.versions(tenant, 'a');
    assert.deepEqual([summary?.version, summary?.live, summary?.quarantined, more], [1, true, false, []]);
    await assert.rejects(registry.get(tenant, 'a@2'), { code: 'VERSION_NOT_FOUND' });

    mounted[Symbol.dispose]();
    mounted[Symbol.dispose]();
    assert.equal(registry.list(tenant), stored);
    await assert.rejects(registry.get(tenant, 'a'), { code: 'TOOL_NOT_FOUND' });
    assert.deepEqual(told, ['tools', 'tools', 'tools']);
  });

  it('writes nothing to the store, and is seen by its tenant alone', async () => {
    await using opened = await open();
    const { registry } = opened;
    using _mounted = registry.mount(me, createMount({ tools: ['a'], prompts: ['p'], resources: { r: 'n://r' } }));
    assert.deepEqual(registry.list(other.tenant), []);
    assert.deepEqual(registry.prompts(other.tenant), []);
    assert.throws(() => registry.getResource(other.tenant, 'n://r'), { code: 'RESOURCE_NOT_FOUND' });
  });

  // Proves mount.names.
  it('refuses names and URIs that are served already, and then mounts nothing', async () => {
    await using opened = await open();
    const { registry, told } = opened;
    await registry.publish(me, createDraft('stored', 'one'));
    registry.mount(me, createMount({ tools: ['a'], prompts: ['p'], resources: { r: 'n://r', t: 'n://t/{id}' } }));
    const before = [...told];
    for (const taken of [
      { tools: ['new', 'stored'] },
      { tools: ['new', 'a'] },
      { tools: ['new', 'new'] },
      { tools: ['new'], prompts: ['p'] },
      { tools: ['new'], resources: { r: 'n://other' } },
      { tools: ['new'], resources: { other: 'n://r' } },
      { tools: ['new'], resources: { other: 'n://t/{id}' } },
    ]) {
      assert.throws(() => registry.mount(me, createMount(taken)), { code: 'TOOL_NAME_TAKEN' }, JSON.stringify(taken));
    }
    assert.deepEqual(toolsOf(registry), ['a', 'stored']);
    assert.deepEqual(told, before);
    assert.equal(
      registry.mount(me, createMount({ prompts: ['a'], resources: { a: 'n://a' } })) instanceof Object,
      true,
    );
  });

  it('refuses a folder whose items could show and hide those of another, or be shown and hidden from there', async () => {
    const reaching = createMount({ tools: ['a'], prompts: ['x'] });
    const [tool] = reaching.tools;
    assert.ok(tool);
    const manifest = { ...tool.manifest, grants: { 'listing.change': ['x'] } };
    const folders = [{ ...reaching, tools: [{ ...tool, manifest }] }, createMount({ tools: ['x'] })];
    for (const [first, second] of [folders, folders.toReversed()]) {
      assert.ok(first && second);
      await using opened = await open();
      const mounted = opened.registry.mount(me, first);
      assert.throws(() => opened.registry.mount(me, second), { code: 'TOOL_NAME_TAKEN', data: { name: 'x' } });
      mounted[Symbol.dispose]();
      opened.registry.mount(me, second);
    }
  });

  it('holds its names against publishing, rolling back and removing', async () => {
    await using opened = await open();
    const { registry } = opened;
    const mounted = registry.mount(me, createMount({ tools: ['a'] }));
    registry.setShown(tenant, 'tools', 'a', false);
    const taken = { code: 'TOOL_NAME_TAKEN', data: { tool: 'a', owner: 'mount:a' } };
    await assert.rejects(registry.publish(me, createDraft('a', 'one'), { replace: true }), taken);
    await assert.rejects(registry.publishSet(me, [{ draft: createDraft('a', 'one') }]), taken);
    await assert.rejects(registry.rollback(me, 'a'), taken);
    await assert.rejects(registry.remove(me, 'a'), taken);
    mounted[Symbol.dispose]();
    assert.equal((await registry.publish(me, createDraft('a', 'one'))).version, 1);
  });

  it('goes before what another process publishes under its name', async () => {
    await using home = await createTemporaryHome();
    await using store = await openStore({ home: home.path, clock: systemClock });
    await using here = await openRegistry({ store, clock: systemClock, watch: false });
    await using elsewhere = await openRegistry({ store, clock: systemClock, watch: false });
    using _mounted = here.mount(me, createMount({ tools: ['a'] }));
    await elsewhere.publish(me, createDraft('a', 'one'));
    await elsewhere.publish(me, createDraft('b', 'one'));
    assert.equal((await here.get(tenant, 'b')).version, 1);
    assert.deepEqual(
      here.list(tenant).map(({ tool, lineage }) => [tool, lineage]),
      [
        ['a', 'mount:a'],
        ['b', 'source:b'],
      ],
    );
    assert.equal((await here.get(tenant, 'a')).lineage, 'mount:a');
    assert.equal((await elsewhere.get(tenant, 'a')).lineage, 'source:a');
  });
});

describe('Registry.prompts and resources', () => {
  it('lists them by name, the same array until something changes, and finds them', async () => {
    await using opened = await open();
    const { registry } = opened;
    using _one = registry.mount(me, createMount({ prompts: ['z'], resources: { z: 'n://z' } }));
    using _two = registry.mount(me, createMount({ prompts: ['a'], resources: { a: 'n://a' } }));
    const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
    assert.deepEqual(
      [names(registry.prompts(tenant)), names(registry.resources(tenant))],
      [
        ['a', 'z'],
        ['a', 'z'],
      ],
    );
    assert.equal(registry.prompts(tenant), registry.prompts(tenant));
    assert.equal(registry.getPrompt(tenant, 'a').name, 'a');
    assert.throws(() => registry.getPrompt(tenant, '__proto__'), { code: 'PROMPT_NOT_FOUND' });
  });

  it('finds a resource by its URI: its own before templates, templates by name', async () => {
    await using opened = await open();
    const { registry } = opened;
    using _mounted = registry.mount(
      me,
      createMount({ resources: { fixed: 'n://x/1', b: 'n://x/{id}', a: 'n://{+path}', c: 'm://{id}' } }),
    );
    const find = (uri: string) => {
      const { resource, variables } = registry.getResource(tenant, uri);
      return [resource.name, variables];
    };
    assert.deepEqual(find('n://x/1'), ['fixed', {}]);
    assert.deepEqual(find('n://x/2'), ['a', { path: 'x/2' }]);
    assert.deepEqual(find('m://2'), ['c', { id: '2' }]);
    for (const uri of ['m://../x', 'm://{id}', 'n://x/%2e%2e', 'q://', '', 'm://%2F']) {
      assert.throws(() => registry.getResource(tenant, uri), { code: 'RESOURCE_NOT_FOUND' }, uri);
    }
    registry.setShown(tenant, 'resources', 'a', false);
    assert.deepEqual(find('n://x/2'), ['b', { id: '2' }]);
  });
});

describe('Registry.setShown', () => {
  // Proves mount.shown.
  it('takes what is mounted off its list and back, and tells of changes alone', async () => {
    await using opened = await open();
    const { registry, told } = opened;
    using _mounted = registry.mount(me, createMount({ tools: ['a', 'b'], prompts: ['p'], resources: { r: 'n://r' } }));
    told.length = 0;
    assert.equal(registry.setShown(tenant, 'tools', 'a', false), true);
    assert.equal(registry.setShown(tenant, 'tools', 'a', false), false);
    assert.deepEqual(toolsOf(registry), ['b']);
    await assert.rejects(registry.get(tenant, 'a'), { code: 'TOOL_NOT_FOUND' });
    await assert.rejects(registry.versions(tenant, 'a'), { code: 'TOOL_NOT_FOUND' });
    assert.equal(registry.setShown(tenant, 'prompts', 'p', false), true);
    assert.throws(() => registry.getPrompt(tenant, 'p'), { code: 'PROMPT_NOT_FOUND' });
    assert.equal(registry.setShown(tenant, 'resources', 'r', false), true);
    assert.throws(() => registry.getResource(tenant, 'n://r'), { code: 'RESOURCE_NOT_FOUND' });
    assert.equal(registry.setShown(tenant, 'tools', 'a', true), false);
    assert.deepEqual(toolsOf(registry), ['a', 'b']);
    assert.deepEqual(told, ['tools', 'prompts', 'resources', 'tools']);
  });

  it('refuses names nothing mounted has', async () => {
    await using opened = await open();
    const { registry } = opened;
    const refused = { code: 'MOUNT_INVALID' };
    assert.throws(() => registry.setShown(tenant, 'tools', 'a', false), refused);
    await registry.publish(me, createDraft('a', 'one'));
    using _mounted = registry.mount(me, createMount({ tools: ['b'] }));
    assert.throws(() => registry.setShown(tenant, 'tools', 'a', false), refused);
    assert.throws(() => registry.setShown(tenant, 'prompts', 'b', false), refused);
  });
});

describe('Registry.onUpdate', () => {
  it('hears of every update announced, until disposed', async () => {
    await using opened = await open();
    const { registry } = opened;
    const heard: unknown[] = [];
    const listening = registry.onUpdate((...update) => heard.push(update));
    registry.announceUpdate(tenant, 'n://r');
    registry.announceUpdate(other.tenant, 'n://r');
    listening[Symbol.dispose]();
    registry.announceUpdate(tenant, 'n://s');
    assert.deepEqual(heard, [
      [tenant, 'n://r'],
      [other.tenant, 'n://r'],
    ]);
  });
});
