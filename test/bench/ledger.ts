// What it costs a call that its record is chained: the same call beside it, recorded as a row alone. Call by
// call, on the embedded database and, where DATABASE_URL names one, on PostgreSQL.

import { LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import type { Caller } from '#host/calling';
import { keepCheckpoints, type Ledger } from '#host/ledger';
import type { RunRow } from '#host/store';
import { toRunRow } from '../../host/ledger/rows.ts';
import { createGroupCommit } from '../../host/store/group-commit.ts';
import { openDatabase } from '../../host/store/open-database.ts';
import { openStage } from '../fixtures/calling/stage.ts';
import { createHomePlace, createSchemaPlace, type Place } from '../fixtures/store/place.ts';
import { POSTGRES_URL } from '../fixtures/store/postgres.ts';
import type { Measurement } from './measurement.ts';
import { percentile, timed } from './statistics.ts';

const PAIRS = 2000;
const WARM_UP = 300;
const AIM = 1.1;

/** Latency of a call of the trivial tool, chained beside a row alone. */
export async function benchLedger(): Promise<readonly Measurement[]> {
  const embedded = await benchBackend('embedded', createHomePlace);
  return POSTGRES_URL === undefined
    ? embedded
    : [...embedded, ...(await benchBackend('PostgreSQL', createSchemaPlace))];
}

async function benchBackend(name: string, createPlace: () => Promise<Place>): Promise<readonly Measurement[]> {
  await using place = await createPlace();
  await using plainPlace = await createPlace();
  await using stage = await openStage({ place });
  await using _checkpoints = keepCheckpoints({ store: stage.store, clock });
  await using plainLedger = await openPlainLedger(plainPlace);
  await stage.make('sum', 'return { sum: input.a + input.b };');
  const plainCaller = stage.createCaller({ ledger: plainLedger });

  const chained: number[] = [];
  const alone: number[] = [];
  for (let pair = -WARM_UP; pair < PAIRS; pair += 1) {
    // Each goes first as often: what one call leaves to be done, the next one pays.
    const calls = [() => timeCall(stage.caller, chained), () => timeCall(plainCaller, alone)];
    for (const call of pair % 2 === 0 ? calls : calls.toReversed()) await call();
    if (pair === -1) chained.length = alone.length = 0;
  }
  return [0.5, 0.95].map((share) => ({
    name: `call with a chained record, ${name}, p${share * 100}`,
    unit: 'ms',
    value: percentile(chained, share),
    against: { name: 'row alone', value: percentile(alone, share) },
    aim: AIM,
  }));
}

async function timeCall(caller: Caller, times: number[]): Promise<void> {
  times.push(await timed(() => caller.call({ principal: LOCAL_PRINCIPAL, tool: 'sum', input: { a: 1, b: 2 } })));
}

/** Records runs in groups, as the ledger does, without links and checkpoints. */
async function openPlainLedger(place: Place): Promise<Pick<Ledger, 'recordRun'> & AsyncDisposable> {
  // Its tables.
  await (await place.open())[Symbol.asyncDispose]();
  const database = await openDatabase({ ...place.where, clock });
  await database.prepare();
  const insert = createGroupCommit<RunRow>(async (rows) => {
    await database.write.insertInto('runs').values(rows).execute();
  }, database.runsAtOnce);
  return {
    recordRun: (record) => insert(toRunRow(record)),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}
