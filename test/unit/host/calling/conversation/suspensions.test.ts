import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { LOCAL_PRINCIPAL, type Clock } from '#host/base';
import { openStore, type Store } from '#host/store';
import { createSuspensions, type Suspension } from '../../../../../host/calling/conversation/suspensions.ts';
import { createTemporaryHome } from '../../../../fixtures/store/temporary-home.ts';

const HOUR_MS = 60 * 60 * 1000;
const { tenant } = LOCAL_PRINCIPAL;
const BOUND = { principal: LOCAL_PRINCIPAL, target: 'greet', inputDigest: 'a'.repeat(64) };
const GIVEN: Omit<Suspension, 'expiresAt'> = {
  tenant,
  runId: 'run_1',
  principal: LOCAL_PRINCIPAL.id,
  subject: 'greet',
  version: 2,
  digest: 'd',
  inputDigest: BOUND.inputDigest,
  seed: '00',
  clockMs: 5,
  client: { ask: true, sample: false, roots: false, tasks: true },
  journal: [{ call: 1, capability: 'time.sleep', args: '{"ms":1}', ok: true, value: 'null', clockMs: 6 }],
  open: [{ call: 2, capability: 'client.roots', args: '{}' }],
};

interface Stage {
  readonly store: Store;
  readonly clock: Clock & { at: number };
}

async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  await using home = await createTemporaryHome();
  const clock = { at: 1_800_000_000_000, now: () => clock.at, elapsed: () => clock.at };
  await using store = await openStore({ home: home.path, clock });
  await work({ store, clock });
}

suite('createSuspensions', () => {
  test('hands a run to the first who brings its state, whichever host that asks', async () => {
    await onStage(async ({ store, clock }) => {
      const state = await createSuspensions(store, clock).keep(GIVEN, BOUND);
      const other = createSuspensions(store, clock);
      const taken = await Promise.allSettled([other.take(state, BOUND), other.take(state, BOUND)]);
      assert.deepEqual(taken.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
      const [first] = taken.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      assert.deepEqual(first, { ...GIVEN, expiresAt: clock.at + HOUR_MS });
      await assert.rejects(other.take(state, BOUND), { code: 'REQUEST_STATE_EXPIRED' });
    });
  });

  test('makes the same state good again when it is put back', async () => {
    await onStage(async ({ store, clock }) => {
      const suspensions = createSuspensions(store, clock);
      const state = await suspensions.keep(GIVEN, BOUND);
      const taken = await suspensions.take(state, BOUND);
      await suspensions.putBack(taken);
      assert.deepEqual(await suspensions.take(state, BOUND), taken);
    });
  });

  test('keeps a run for an hour', async () => {
    await onStage(async ({ store, clock }) => {
      const suspensions = createSuspensions(store, clock);
      const state = await suspensions.keep(GIVEN, BOUND);
      clock.at += HOUR_MS - 1;
      await suspensions.putBack(await suspensions.take(state, BOUND));
      clock.at += 1;
      await assert.rejects(suspensions.take(state, BOUND), { code: 'REQUEST_STATE_EXPIRED' });
    });
  });

  test('asks the database for no state but its own', async () => {
    await onStage(async ({ store, clock }) => {
      let asked = 0;
      const counting = {
        ...store.suspensions,
        take: (...args: Parameters<Store['suspensions']['take']>) => {
          asked += 1;
          return store.suspensions.take(...args);
        },
      };
      const suspensions = createSuspensions({ ...store, suspensions: counting }, clock);
      const state = await suspensions.keep(GIVEN, BOUND);
      const eve = { ...BOUND, principal: { tenant, id: 'eve' } };
      await assert.rejects(suspensions.take(state, eve), { code: 'REQUEST_STATE_INVALID' });
      await assert.rejects(suspensions.take(`${state}x`, BOUND), { code: 'REQUEST_STATE_INVALID' });
      assert.equal(asked, 0);
    });
  });

  // Proves calling.bounded-questions.
  test('lets the oldest of a principal go beyond a thousand, and expired ones', async () => {
    await onStage(async ({ store, clock }) => {
      const suspensions = createSuspensions(store, clock);
      const name = (index: number): string => `run_${String(index).padStart(5, '0')}`;
      const first = await suspensions.keep({ ...GIVEN, runId: name(0) }, BOUND);
      const other = { ...GIVEN, runId: 'run_00000_eve', principal: 'eve' };
      const eve = await suspensions.keep(other, { ...BOUND, principal: { tenant, id: 'eve' } });
      let last = '';
      for (let index = 1; index <= 1040; index += 1) {
        last = await suspensions.keep({ ...GIVEN, runId: name(index) }, BOUND);
      }
      await assert.rejects(suspensions.take(first, BOUND), { code: 'REQUEST_STATE_EXPIRED' });
      assert.equal((await suspensions.take(last, BOUND)).runId, name(1040));
      assert.equal((await suspensions.take(eve, { ...BOUND, principal: { tenant, id: 'eve' } })).principal, 'eve');
      clock.at += HOUR_MS + 1;
      for (let index = 2000; index < 2240; index += 1) await suspensions.keep({ ...GIVEN, runId: name(index) }, BOUND);
      assert.equal(await store.suspensions.prune(clock.at, 1), 0);
    });
  });

  test('lets them go whoever else asks in between', async () => {
    await onStage(async ({ store, clock }) => {
      const suspensions = createSuspensions(store, clock);
      const eve = { tenant, id: 'eve' };
      let kept = 0;
      const keep = (runId: string, principal = LOCAL_PRINCIPAL): Promise<string> => {
        kept += 1;
        return suspensions.keep({ ...GIVEN, runId, principal: principal.id }, { ...BOUND, principal });
      };
      const first = await keep('run_00000');
      while (kept < 1100) {
        const runId = `run_${String(kept).padStart(5, '0')}`;
        await (kept % 20 === 0 ? keep(runId, eve) : keep(runId));
      }
      await assert.rejects(suspensions.take(first, BOUND), { code: 'REQUEST_STATE_EXPIRED' });
    });
  });

  test('refuses a conversation of more than eight megabytes', async () => {
    await onStage(async ({ store, clock }) => {
      const [entry] = GIVEN.journal;
      assert.ok(entry !== undefined);
      const journal = Array.from({ length: 9 }, () => ({ ...entry, value: 'x'.repeat(1024 * 1024) }));
      const suspensions = createSuspensions(store, clock);
      await assert.rejects(suspensions.keep({ ...GIVEN, journal }, BOUND), { code: 'REQUEST_TOO_LARGE' });
    });
  });

  test('finds the key again after a store that was busy', async () => {
    await onStage(async ({ store, clock }) => {
      let isBusy = true;
      const keys = {
        ...store.keys,
        getOrAdd: async (...args: Parameters<Store['keys']['getOrAdd']>) => {
          if (isBusy) throw new Error('busy');
          return store.keys.getOrAdd(...args);
        },
      };
      const suspensions = createSuspensions({ ...store, keys }, clock);
      await assert.rejects(suspensions.keep(GIVEN, BOUND));
      isBusy = false;
      assert.equal(typeof (await suspensions.keep(GIVEN, BOUND)), 'string');
    });
  });
});
