// What happens within the publishing transaction: how a version follows the live one, and several at once.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { hostError, LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import { createLedger } from '#host/ledger';
import { openRegistry, type ListedTool, type Registry, type Succession } from '#host/registry';
import type { Store } from '#host/store';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createDraft, createMaking } from '../../../fixtures/store/drafts.ts';
import type { Place } from '../../../fixtures/store/place.ts';

const { tenant } = LOCAL_PRINCIPAL;
const me = LOCAL_PRINCIPAL;
const CHANGE = {
  kind: 'additive',
  changes: [{ role: 'input', path: '/a', kind: 'additive', what: 'new, optional' }],
} as const;

async function withRegistry(
  createPlace: () => Promise<Place>,
  work: (registry: Registry, store: Store) => Promise<void>,
): Promise<void> {
  await using place = await createPlace();
  await using store = await place.open({ pollMs: 5 });
  await using registry = await openRegistry({ store, clock, watch: false });
  await work(registry, store);
}

function follow({ version }: ListedTool): Succession {
  return { semver: `1.${version}.0`, change: { against: version, ...CHANGE } };
}

onEachBackend('Registry.publish, after a live version', (createPlace) => {
  // Proves making.history.
  it('keeps with each version how it follows the one before', async () => {
    await withRegistry(createPlace, async (registry) => {
      const asked: (readonly [number, string])[] = [];
      const succeed = (live: ListedTool): Succession => {
        asked.push([live.version, live.semver]);
        return follow(live);
      };
      for (const script of ['one', 'two', 'three', 'three']) {
        await registry.publish(me, createDraft('roi', script), { succeed });
      }
      assert.deepEqual(asked, [
        [1, '1.0.0'],
        [2, '1.1.0'],
      ]);
      assert.deepEqual(
        (await registry.versions(tenant, 'roi')).map(({ semver, change }) => [semver, change]),
        [
          ['1.2.0', { against: 2, ...CHANGE }],
          ['1.1.0', { against: 1, ...CHANGE }],
          ['1.0.0', undefined],
        ],
      );
      assert.deepEqual(
        [registry.list(tenant)[0]?.semver, registry.list(tenant)[0]?.manifest.version],
        ['1.2.0', '1.0.0'],
      );
    });
  });

  it('is refused by what the succession throws, also on the way back to an older version', async () => {
    await withRegistry(createPlace, async (registry) => {
      for (const script of ['one', 'two']) await registry.publish(me, createDraft('roi', script));
      const succeed = (): never => {
        throw hostError('CHANGE_BREAKING', 'no');
      };
      for (const script of ['one', 'three']) {
        await assert.rejects(registry.publish(me, createDraft('roi', script), { succeed }), {
          code: 'CHANGE_BREAKING',
        });
      }
      assert.equal((await registry.get(tenant, 'roi')).version, 2);
    });
  });

  it('follows whichever version is live by then, also one that another process published', async () => {
    await withRegistry(createPlace, async (registry, store) => {
      await using other = await openRegistry({ store, clock, watch: false });
      await registry.publish(me, createDraft('roi', 'one'));
      await other.publish(me, createDraft('roi', 'two'));
      assert.equal(registry.list(tenant)[0]?.version, 1);
      await registry.publish(me, createDraft('roi', 'three'), { succeed: follow });
      assert.equal((await registry.versions(tenant, 'roi'))[0]?.change?.against, 2);
    });
  });
});

onEachBackend('Registry.publishSet', (createPlace) => {
  // Proves making.set-all-or-none.
  it('publishes all and tells it once, with a row each', async () => {
    await withRegistry(createPlace, async (registry, store) => {
      let heard = 0;
      using _listening = registry.onChange(() => {
        heard += 1;
      });
      const published = await registry.publishSet(
        me,
        ['a', 'b', 'c'].map((name) => ({
          draft: createDraft(name, name),
          options: { recordAs: ({ tool, version }) => createMaking(1000, { tool, version }) },
        })),
      );
      assert.deepEqual(
        published.map(({ tool, version, unchanged }) => [tool, version, unchanged]),
        ['a', 'b', 'c'].map((name) => [name, 1, false]),
      );
      assert.equal(heard, 1);
      const rows = await createLedger({ store }).makings(tenant);
      assert.deepEqual(new Set(rows.map(({ tool }) => tool)), new Set(['a', 'b', 'c']));
    });
  });

  // Proves making.set-all-or-none.
  it('publishes none when one is refused, and says which', async () => {
    await withRegistry(createPlace, async (registry, store) => {
      await registry.publish(me, createDraft('b', 'theirs', { lineage: 'template:b' }));
      const entries = ['a', 'b', 'c'].map((name) => ({
        draft: createDraft(name, name),
        options: { recordAs: () => createMaking(1000) },
      }));
      await assert.rejects(registry.publishSet(me, entries), {
        code: 'TOOL_NAME_TAKEN',
        data: { entry: 1, tool: 'b', owner: 'template:b', lineage: 'source:b' },
      });
      assert.deepEqual(
        registry.list(tenant).map(({ tool, lineage }) => [tool, lineage]),
        [['b', 'template:b']],
      );
      assert.deepEqual(await createLedger({ store }).makings(tenant), []);
      await assert.rejects(registry.get(tenant, 'a'), { code: 'TOOL_NOT_FOUND' });
    });
  });

  it('changes nothing when all is live already', async () => {
    await withRegistry(createPlace, async (registry) => {
      const entries = ['a', 'b'].map((name) => ({ draft: createDraft(name, name) }));
      await registry.publishSet(me, entries);
      const list = registry.list(tenant);
      const again = await registry.publishSet(me, entries);
      assert.deepEqual(
        again.map(({ unchanged }) => unchanged),
        [true, true],
      );
      assert.equal(registry.list(tenant), list);
    });
  });

  it('lets two sets of the same names through, one after the other', async () => {
    await withRegistry(createPlace, async (registry, store) => {
      await using other = await openRegistry({ store, clock, watch: false });
      const set = (names: readonly string[], script: string) =>
        names.map((name) => ({ draft: createDraft(name, `${name} ${script}`) }));
      await Promise.all([
        registry.publishSet(me, set(['a', 'b'], 'one')),
        other.publishSet(me, set(['b', 'a'], 'two')),
      ]);
      for (const name of ['a', 'b']) assert.equal((await registry.versions(tenant, name)).length, 2);
    });
  });
});
