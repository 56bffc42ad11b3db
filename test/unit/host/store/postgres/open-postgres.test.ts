import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { sql } from 'kysely';
import { Client } from 'pg';

import { parseDatabaseAddress, systemClock as clock } from '#host/base';
import { openStore } from '#host/store';
import { openPostgres } from '../../../../../host/store/postgres/open-postgres.ts';
import { until } from '../../../../fixtures/mcp/until.ts';
import { onPostgres } from '../../../../fixtures/store/backends.ts';
import { startCuttingProxy } from '../../../../fixtures/store/cutting-proxy.ts';
import type { Place } from '../../../../fixtures/store/place.ts';
import { askPostgres } from '../../../../fixtures/store/postgres.ts';
import { createRunRow } from '../../../../fixtures/store/rows.ts';
import { createTemporaryHome } from '../../../../fixtures/store/temporary-home.ts';

/** Keeps everybody from a table, as an operator at work on it would. */
async function lockTable({ args: [, url] }: Place, table: string): Promise<AsyncDisposable> {
  const client = new Client({ connectionString: url, application_name: 'operator' });
  await client.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  return { [Symbol.asyncDispose]: () => client.end() };
}

/** Ends those connections of the place's stores whose last statement begins so, once there are some. */
async function terminate({ args: [, url] }: Place, statement: string, state: 'active' | 'idle'): Promise<void> {
  const sql = `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = current_setting('application_name') and pid <> pg_backend_pid()
      and query like $1 and state like $2`;
  await until('a connection to end', async () => {
    const ended = await askPostgres(url, sql, [`${statement}%`, `${state}%`]);
    return ended.length > 0;
  });
}

onPostgres('openPostgres', (createPlace) => {
  it('replaces a connection that broke while nobody used it', async () => {
    await using place = await createPlace();
    await using store = await place.open({ databasePool: 1 });
    await store.revisions.bump('a', 'tools');
    await terminate(place, '', 'idle');
    assert.equal((await store.revisions.all()).length, 1);
  });

  it('reads again when the connection breaks', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await store.revisions.bump('a', 'tools');
    const lock = await lockTable(place, 'revisions');
    const reading = store.revisions.all();
    await terminate(place, 'select * from "revisions"', 'active');
    await lock[Symbol.asyncDispose]();
    assert.equal((await reading).length, 1);
  });

  it('starts a transaction over when its connection breaks before the commit', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    let attempts = 0;
    const revision = await store.transaction(async ({ revisions, tools }) => {
      attempts += 1;
      await tools.ensureTool('a', 'roi');
      if (attempts === 1) await terminate(place, 'insert into "tools"', 'idle');
      return revisions.bump('a', 'tools');
    });
    assert.deepEqual([attempts, revision], [2, 1]);
  });

  it('starts one of two transactions over that wait for each other', async () => {
    await using place = await createPlace();
    await using store = await place.open({ busyMs: 5000 });
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let attempts = 0;
    const cross = (own: 0 | 1): Promise<number> =>
      store.transaction(async ({ revisions }) => {
        attempts += 1;
        await revisions.bump(String(own), 'tools');
        both[own].resolve();
        await both[own === 0 ? 1 : 0].promise;
        return revisions.bump(String(1 - own), 'tools');
      });
    const results = await Promise.all([cross(0), cross(1)]);
    assert.ok(attempts > 2);
    assert.deepEqual(results.sort(), [1, 2]);
  });

  it('records a run once whose connection broke before it was acknowledged', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const rows = [createRunRow(1, { tenant: 'a' }), createRunRow(2, { tenant: 'a' })];
    const lock = await lockTable(place, 'runs');
    const recording = Promise.all(rows.map((row) => store.runs.insert(row)));
    await terminate(place, 'with "written" as (insert into "runs"', 'active');
    await lock[Symbol.asyncDispose]();
    await recording;
    assert.equal((await store.runs.list('a', { limit: 10 })).length, 2);
  });

  it('records a run once whose acknowledgement was lost', async () => {
    await using place = await createPlace();
    await using proxy = await startCuttingProxy(place.args[1]);
    const database = parseDatabaseAddress(proxy.url);
    assert.ok(database);
    await using store = await place.open({ database });
    const rows = [createRunRow(1, { tenant: 'a' }), createRunRow(2, { tenant: 'a' })];
    proxy.cutAnswerTo('insert into "runs"');
    await Promise.all(rows.map((row) => store.runs.insert(row)));
    assert.equal(proxy.cuts(), 1);
    assert.equal((await store.runs.list('a', { limit: 10 })).length, 2);
  });

  it('says that it is not known whether something else was written', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const lock = await lockTable(place, 'revisions');
    const writing = store.revisions.bump('a', 'tools');
    const lost = assert.rejects(writing, { code: 'STORE_FAILED', data: { reason: 'connection-lost' } });
    await terminate(place, 'insert into "revisions"', 'active');
    await lost;
    await lock[Symbol.asyncDispose]();
    assert.equal(await store.revisions.bump('a', 'tools'), 1);
  });

  it('rejects with STORE_BUSY when all of its connections are in use', async () => {
    await using place = await createPlace();
    await using store = await place.open({ databasePool: 1, busyMs: 50 });
    const gate = Promise.withResolvers<void>();
    const holder = store.transaction(() => gate.promise);
    await assert.rejects(store.revisions.all(), { code: 'STORE_BUSY' });
    gate.resolve();
    await holder;
    assert.deepEqual(await store.revisions.all(), []);
  });

  it('looks again at everything once it listens again', async () => {
    await using place = await createPlace();
    await using watching = await place.open();
    await using writing = await place.open();
    const told: number[] = [];
    using _watch = watching.watch(({ revision }) => void told.push(revision));
    await terminate(place, 'listen', 'idle');
    await writing.revisions.bump('a', 'tools');
    await until('the change to be told', () => told.at(-1) === 1);
    await writing.revisions.bump('a', 'tools');
    await until('the next one to be told', () => told.at(-1) === 2);
  });

  it('lives on while a file that its connections need is missing', async () => {
    await using home = await createTemporaryHome();
    await using place = await createPlace();
    const file = join(home.path, 'root.crt');
    const url = new URL(place.args[1]);
    url.searchParams.set('sslmode', 'disable');
    url.searchParams.set('sslrootcert', file);
    const database = parseDatabaseAddress(url.href);
    assert.ok(database);
    await writeFile(file, '');
    await using store = await place.open({ database, databasePool: 1, busyMs: 300 });
    const told: number[] = [];
    using _watch = store.watch(({ revision }) => void told.push(revision));

    const broken = Promise.withResolvers<void>();
    const changing = store.transaction(async ({ revisions }) => {
      await revisions.bump('a', 'tools');
      await broken.promise;
      return revisions.bump('a', 'tools');
    });
    const failed = { code: 'STORE_FAILED', data: { reason: 'unreachable' } };
    // The pool makes the connection of whoever waits for one when nobody is there to catch.
    const both = Promise.all([assert.rejects(changing, failed), assert.rejects(store.revisions.all(), failed)]);
    await rm(file);
    await terminate(place, 'listen', 'idle');
    await terminate(place, 'select pg_notify', 'idle');
    broken.resolve();
    await both;

    await writeFile(file, '');
    const revision = await store.revisions.bump('a', 'tools');
    await until('the change to be told', () => told.at(-1) === revision);
  });

  it('ends a migration that stands still, so that others need not wait for it', async () => {
    await using place = await createPlace();
    const { database: address } = place.where;
    assert.ok(address);
    await using database = openPostgres({ address, clock, poolSize: 1, busyMs: 300 });
    const limit = await database.migrating(async (transaction) => {
      const { rows } = await sql<{
        ms: string;
      }>`select current_setting('idle_in_transaction_session_timeout') ms`.execute(transaction);
      return rows[0]?.ms;
    });
    assert.equal(limit, '10s');
  });

  it('wants a database that holds every text', async (test) => {
    await using place = await createPlace();
    const [, url] = place.args;
    const name = `glovebox_latin1_${process.pid}`;
    try {
      await askPostgres(url, `create database ${name} encoding latin1 locale 'C' template template0`);
    } catch {
      test.skip('the role of DATABASE_URL may not create databases');
      return;
    }
    try {
      const elsewhere = new URL(url);
      elsewhere.pathname = `/${name}`;
      elsewhere.searchParams.delete('options');
      const database = parseDatabaseAddress(elsewhere.href);
      assert.ok(database);
      const refused = { code: 'STORE_FAILED', data: { reason: 'encoding' } };
      await assert.rejects(openStore({ home: '/nowhere', database, clock }), refused);
    } finally {
      await askPostgres(url, `drop database ${name}`);
    }
  });
});

describe('openPostgres', () => {
  it('rejects with STORE_FAILED where nobody listens, after the wait', async () => {
    const database = parseDatabaseAddress('postgres://me:sekret@127.0.0.1:1/tools');
    assert.ok(database);
    const startedAt = clock.elapsed();
    const opening = openStore({ home: '/nowhere', database, clock, busyMs: 100 });
    await assert.rejects(opening, (error: Error & { code: string; data: { reason: string } }) => {
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error.data)}`, /sekret/);
      return error.code === 'STORE_FAILED' && error.data.reason === 'unreachable';
    });
    assert.ok(clock.elapsed() - startedAt >= 99);
  });
});
