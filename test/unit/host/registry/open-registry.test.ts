import assert from 'node:assert/strict';
import { it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock, type Principal, type TenantId } from '#host/base';
import { createLedger, listEvents } from '#host/ledger';
import { openRegistry, type Published, type Registry, type RegistryOptions } from '#host/registry';
import type { Store } from '#host/store';
import { createQuarantine } from '#host/traffic';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import type { Place } from '../../../fixtures/store/place.ts';
import { createDraft, createMaking } from '../../../fixtures/store/drafts.ts';

const { tenant } = LOCAL_PRINCIPAL;
const me = LOCAL_PRINCIPAL;
const clock = systemClock;

interface Opened extends AsyncDisposable {
  readonly place: Place;
  readonly store: Store;
  readonly registry: Registry;
}

async function openTestRegistry(
  createPlace: () => Promise<Place>,
  options: Partial<RegistryOptions> = {},
): Promise<Opened> {
  await using stack = new AsyncDisposableStack();
  const place = stack.use(await createPlace());
  const store = stack.use(await place.open({ pollMs: 5 }));
  const registry = stack.use(await openRegistry({ store, clock, ...options }));
  const owned = stack.move();
  return { place, store, registry, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const versionOf = ({ version, unchanged }: Published): [number, boolean] => [version, unchanged];

onEachBackend('Registry.publish', (createPlace) => {
  it('numbers versions, keeps what is unchanged and goes back to what was there', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    const publish = async (script: string): Promise<[number, boolean]> =>
      versionOf(await registry.publish(me, createDraft('roi', script)));
    assert.deepEqual(await publish('one'), [1, false]);
    assert.deepEqual(await publish('one'), [1, true]);
    assert.deepEqual(await publish('two'), [2, false]);
    assert.deepEqual(await publish('one'), [1, false]);
    assert.deepEqual(await publish('three'), [3, false]);
  });

  it('gives back everything that was published', async () => {
    await using opened = await openTestRegistry(createPlace);
    const draft = createDraft('roi', 'one');
    await opened.registry.publish(me, draft);
    const { publishedAt, ...version } = await opened.registry.get(tenant, 'roi');
    assert.ok(Math.abs(publishedAt - Date.now()) < 10_000);
    assert.deepEqual(version, {
      tenant,
      tool: 'roi',
      version: 1,
      digest: draft.artifact.digest,
      semver: '1.0.0',
      lineage: draft.lineage,
      manifest: draft.manifest,
      artifact: draft.artifact,
      publishedBy: me.id,
    });
    const { source, sourceMap } = draft;
    assert.deepEqual(await opened.registry.getSource(tenant, 'roi@1'), { source, sourceMap });
  });

  // Proves making.name-of-another.
  it('refuses a name of another lineage unless it is to be replaced', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    await registry.publish(me, createDraft('roi', 'one', { lineage: 'template:a' }));
    const other = createDraft('roi', 'one', { lineage: 'template:b' });
    await assert.rejects(registry.publish(me, other), {
      code: 'TOOL_NAME_TAKEN',
      data: { tool: 'roi', owner: 'template:a', lineage: 'template:b' },
    });
    assert.deepEqual(versionOf(await registry.publish(me, other, { replace: true })), [2, false]);
    assert.deepEqual(versionOf(await registry.rollback(me, 'roi')), [1, false]);
    assert.equal(registry.list(tenant)[0]?.lineage, 'template:a');
  });

  // Proves registry.unique-versions.
  it('gives fifty publishers of one name fifty numbers', async () => {
    await using opened = await openTestRegistry(createPlace);
    const published = await Promise.all(
      Array.from({ length: 50 }, (_, index) => opened.registry.publish(me, createDraft('roi', `script ${index}`))),
    );
    assert.deepEqual(
      published.map(({ version }) => version).sort((a, b) => a - b),
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    assert.equal((await opened.registry.versions(tenant, 'roi')).filter(({ live }) => live).length, 1);
  });

  // Proves making.recorded.
  it('writes the making in the same transaction, knowing the outcome', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry, store } = opened;
    const recordAs = (published: Published) => createMaking(1000, { version: published.version, tool: published.tool });
    await registry.publish(me, createDraft('roi', 'one'), { recordAs });
    const [making] = await createLedger({ store }).makings(tenant);
    assert.equal(making?.version, 1);

    const failing = registry.publish(me, createDraft('roi', 'two'), {
      recordAs: () => {
        throw new Error('no row, no version');
      },
    });
    await assert.rejects(failing, /no row, no version/);
    assert.deepEqual(
      (await registry.versions(tenant, 'roi')).map(({ version }) => version),
      [1],
    );
  });

  it('stores a text once, whichever versions have it', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry, store } = opened;
    const one = createDraft('roi', 'one');
    await registry.publish(me, one);
    const two = { ...createDraft('roi', 'two'), source: one.source };
    await registry.publish(me, two);
    const rows = [await store.tools.findVersion(tenant, 'roi', 1), await store.tools.findVersion(tenant, 'roi', 2)];
    assert.equal(rows[0]?.source_digest, rows[1]?.source_digest);
    assert.notEqual(rows[0]?.script_digest, rows[1]?.script_digest);
  });
});

onEachBackend('Registry.publish in two processes', (createPlace) => {
  // Proves registry.one-wins.
  it('gives a free name to one of those that want it at once, and tells the others whose it is', async () => {
    await using opened = await openTestRegistry(createPlace);
    await using store = await opened.place.open();
    await using elsewhere = await openRegistry({ store, clock, watch: false });
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? opened.registry : elsewhere).publish(
          me,
          createDraft('roi', `script ${index}`, { lineage: `source:${index}` }),
        ),
      ),
    );
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.digest] : []));
    assert.equal(won.length, 1);
    const refused = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
    );
    assert.deepEqual(new Set(refused), new Set(['TOOL_NAME_TAKEN']));
    assert.equal((await opened.registry.get(tenant, 'roi')).digest, won[0]);
    assert.equal((await opened.registry.versions(tenant, 'roi')).length, 1);
  });

  it('gives each version of one lineage a number of its own', async () => {
    await using opened = await openTestRegistry(createPlace);
    await using store = await opened.place.open();
    await using elsewhere = await openRegistry({ store, clock, watch: false });
    const published = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? opened.registry : elsewhere).publish(me, createDraft('roi', `script ${index}`)),
      ),
    );
    assert.deepEqual(
      published.map(({ version }) => version).sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
  });

  it('shares texts between tenants that publish the same at once', async () => {
    await using opened = await openTestRegistry(createPlace);
    await using store = await opened.place.open();
    await using elsewhere = await openRegistry({ store, clock, watch: false });
    const you: Principal = { ...me, tenant: 'elsewhere' as TenantId };
    for (let round = 0; round < 10; round += 1) {
      const draft = createDraft('roi', `script ${round}`);
      await Promise.all([opened.registry.publish(me, draft), elsewhere.publish(you, draft)]);
    }
    assert.equal((await elsewhere.get(you.tenant, 'roi')).version, 10);
  });
});

onEachBackend('Registry.get', (createPlace) => {
  it('finds the live version by name and any by number', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    for (const script of ['one', 'two']) await registry.publish(me, createDraft('roi', script));
    assert.equal((await registry.get(tenant, 'roi')).artifact.script, 'two');
    assert.equal((await registry.get(tenant, 'roi@1')).artifact.script, 'one');
    assert.equal(await registry.get(tenant, 'roi@2'), await registry.get(tenant, 'roi'));
  });

  it('rejects with a code for what is not there', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    await registry.publish(me, createDraft('roi', 'one'));
    for (const name of ['other', 'other@1', '', '__proto__']) {
      await assert.rejects(registry.get(tenant, name), { code: 'TOOL_NOT_FOUND' }, name);
    }
    for (const name of ['roi@2', 'roi@0', 'roi@x', 'roi@', 'roi@1@1']) {
      await assert.rejects(registry.get(tenant, name), { code: 'VERSION_NOT_FOUND' }, name);
    }
  });

  // Proves registry.tenants-apart.
  it('shows a tenant nothing of another one', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    const other: Principal = { tenant: 'other' as TenantId, id: 'them' };
    await registry.publish(me, createDraft('roi', 'mine'));
    await assert.rejects(registry.get(other.tenant, 'roi'), { code: 'TOOL_NOT_FOUND' });
    await registry.publish(other, createDraft('roi', 'theirs', { lineage: 'template:b' }));
    assert.equal((await registry.get(tenant, 'roi')).artifact.script, 'mine');
    assert.equal((await registry.get(other.tenant, 'roi')).artifact.script, 'theirs');
    assert.equal(registry.list(tenant).length, 1);
  });

  it('loads again what the cache let go', async () => {
    await using opened = await openTestRegistry(createPlace, { cacheBytes: 0 });
    await opened.registry.publish(me, createDraft('roi', 'one'));
    const first = await opened.registry.get(tenant, 'roi');
    const second = await opened.registry.get(tenant, 'roi');
    assert.notEqual(first, second);
    assert.deepEqual(first, second);
  });
});

onEachBackend('Registry.list', (createPlace) => {
  it('is sorted and the same array until something changes', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    for (const name of ['b', 'a']) await registry.publish(me, createDraft(name, name));
    const list = registry.list(tenant);
    assert.deepEqual(
      list.map(({ tool }) => tool),
      ['a', 'b'],
    );
    await registry.publish(me, createDraft('a', 'a'));
    assert.equal(registry.list(tenant), list);
    await registry.publish(me, createDraft('a', 'new'));
    assert.notEqual(registry.list(tenant), list);
    assert.equal(registry.list(tenant)[0]?.version, 2);
  });

  it('groups names by category, both sorted', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    await registry.publish(me, createDraft('quote', '1', { category: 'sales' }));
    await registry.publish(me, createDraft('roi', '2', { category: 'finance' }));
    await registry.publish(me, createDraft('irr', '3', { category: 'finance' }));
    assert.deepEqual(registry.categories(tenant), { finance: ['irr', 'roi'], sales: ['quote'] });
    assert.deepEqual(Object.keys(registry.categories(tenant)), ['finance', 'sales']);
    await registry.remove(me, 'quote');
    assert.deepEqual(registry.categories(tenant), { finance: ['irr', 'roi'] });
  });

  it('serves after a restart what was published before', async () => {
    await using opened = await openTestRegistry(createPlace);
    await opened.registry.publish(me, createDraft('roi', 'one'));
    await opened.registry.publish(me, createDraft('gone', 'two'));
    await opened.registry.remove(me, 'gone');
    await using store = await opened.place.open();
    await using registry = await openRegistry({ store, clock, watch: false });
    assert.deepEqual(registry.list(tenant), opened.registry.list(tenant));
    assert.equal(registry.list(tenant).length, 1);
  });
});

onEachBackend('Registry.rollback', (createPlace) => {
  // Proves registry.rollback.
  it('goes to the version before the live one, or to the one named', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    for (const script of ['one', 'two', 'three']) await registry.publish(me, createDraft('roi', script));
    assert.deepEqual(versionOf(await registry.rollback(me, 'roi')), [2, false]);
    assert.deepEqual(versionOf(await registry.rollback(me, 'roi', 2)), [2, true]);
    assert.deepEqual(versionOf(await registry.rollback(me, 'roi', 3)), [3, false]);
    assert.deepEqual(versionOf(await registry.rollback(me, 'roi', 1)), [1, false]);
    assert.equal((await registry.get(tenant, 'roi')).artifact.script, 'one');
    await assert.rejects(registry.rollback(me, 'roi'), {
      code: 'VERSION_NOT_FOUND',
      data: { tool: 'roi', version: 0 },
    });
    await assert.rejects(registry.rollback(me, 'roi', 4), { code: 'VERSION_NOT_FOUND' });
    await assert.rejects(registry.rollback(me, 'other'), { code: 'TOOL_NOT_FOUND' });
  });

  // Proves ledger.events.
  it('puts each move into the ledger, and nothing that moved nothing', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry, store } = opened;
    for (const script of ['one', 'two']) await registry.publish(me, createDraft('roi', script));
    await registry.rollback(me, 'roi');
    await registry.rollback(me, 'roi', 1);
    await assert.rejects(registry.rollback(me, 'roi', 4));
    await assert.rejects(registry.rollback(me, 'other'));
    const [event, ...others] = await listEvents(store, tenant);
    assert.deepEqual(
      [event?.kind, event?.data],
      ['tool.rolled-back', { principal: me.id, tool: 'roi', from: 2, to: 1 }],
    );
    assert.deepEqual(others, []);
    assert.deepEqual(await listEvents(store, 'elsewhere'), []);
  });
});

onEachBackend('Registry.remove', (createPlace) => {
  // Proves registry.remove.
  it('frees the name, and what comes later never takes an old number', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    for (const script of ['one', 'two']) await registry.publish(me, createDraft('roi', script));
    await registry.get(tenant, 'roi@1');
    assert.deepEqual(await registry.remove(me, 'roi'), { tool: 'roi', versions: 2 });
    assert.deepEqual(registry.list(tenant), []);
    const [event] = await listEvents(opened.store, tenant);
    const versions = { firstVersion: 1, lastVersion: 2 };
    assert.deepEqual([event?.kind, event?.data], ['tool.removed', { principal: me.id, tool: 'roi', ...versions }]);
    const gone = { code: 'TOOL_NOT_FOUND' };
    await assert.rejects(registry.get(tenant, 'roi@1'), gone);
    await assert.rejects(registry.versions(tenant, 'roi'), gone);
    await assert.rejects(registry.remove(me, 'roi'), gone);

    const again = await registry.publish(me, createDraft('roi', 'one', { lineage: 'template:b' }));
    assert.deepEqual(versionOf(again), [3, false]);
    await assert.rejects(registry.get(tenant, 'roi@1'), { code: 'VERSION_NOT_FOUND' });
    await assert.rejects(registry.rollback(me, 'roi', 2), { code: 'VERSION_NOT_FOUND' });
    await assert.rejects(registry.rollback(me, 'roi'), { code: 'VERSION_NOT_FOUND' });
    assert.deepEqual(
      (await registry.versions(tenant, 'roi')).map(({ version }) => version),
      [3],
    );
  });
});

onEachBackend('Registry.versions', (createPlace) => {
  it('lists newest first and marks the live and the quarantined', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry, store } = opened;
    for (const script of ['one', 'two']) await registry.publish(me, createDraft('roi', script));
    await registry.rollback(me, 'roi');
    using quarantine = createQuarantine({ store, clock });
    const { digest } = createDraft('roi', 'two').artifact;
    for (const runId of ['a', 'b', 'c']) await quarantine.convict(tenant, digest, { runId, code: 'LIMIT_WALL' });
    assert.deepEqual(
      (await registry.versions(tenant, 'roi')).map(({ version, live, quarantined }) => [version, live, quarantined]),
      [
        [2, false, true],
        [1, true, false],
      ],
    );
  });
});

onEachBackend('Registry.onChange', (createPlace) => {
  it('tells of own changes before they are acknowledged, and of nothing else', async () => {
    await using opened = await openTestRegistry(createPlace);
    const { registry } = opened;
    const seen: (readonly string[])[] = [];
    const listening = registry.onChange((changed) => seen.push(registry.list(changed).map(({ tool }) => tool)));
    await registry.publish(me, createDraft('roi', 'one'));
    assert.deepEqual(seen, [['roi']]);
    await registry.publish(me, createDraft('roi', 'one'));
    await registry.remove(me, 'roi');
    assert.deepEqual(seen, [['roi'], []]);
    listening[Symbol.dispose]();
    await registry.publish(me, createDraft('roi', 'two'));
    assert.equal(seen.length, 2);
  });

  it('tells of what another store of the home committed', async () => {
    await using opened = await openTestRegistry(createPlace);
    await using store = await opened.place.open();
    await using elsewhere = await openRegistry({ store, clock, watch: false });
    const change = Promise.withResolvers<string>();
    using _listening = opened.registry.onChange((changed) => change.resolve(changed));
    await elsewhere.publish(me, createDraft('roi', 'one'));
    // The poll does not keep a process alive; the test must.
    const alive = setTimeout(() => undefined, 5000);
    assert.equal(await change.promise, tenant);
    clearTimeout(alive);
    assert.equal(opened.registry.list(tenant)[0]?.tool, 'roi');
  });

  it('finds by name what another process published a moment ago, without any poll', async () => {
    await using opened = await openTestRegistry(createPlace, { watch: false });
    await using store = await opened.place.open();
    await using elsewhere = await openRegistry({ store, clock, watch: false });
    await elsewhere.publish(me, createDraft('roi', 'one'));
    assert.equal((await opened.registry.get(tenant, 'roi')).version, 1);
  });
});
