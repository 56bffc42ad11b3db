import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DEFAULT_LIMITS, type JournalEntry, type WaitingCall } from '#sandbox';
import { RunCalls } from '../../../../sandbox/lane/run-calls.ts';
import { toolOf } from '../../../fixtures/jail/tools.ts';

const MIB = 2 ** 20;

/** Calls of a run that starts at 1000 ms and may read, with what they asked of the host and were answered. */
function open(journal: readonly JournalEntry[] = [], isReplay = false) {
  const asked: number[] = [];
  const delivered: JournalEntry[] = [];
  const artifact = toolOf('any', '');
  const task = { runId: 'run', tenant: 'local', artifact, limits: DEFAULT_LIMITS, input: '{}', seed: '' };
  const calls = new RunCalls(
    { ...task, clockMs: 1000, grants: ['kv.read'], journal, isReplay },
    { ask: ({ call }) => asked.push(call), deliver: (entry) => delivered.push(entry) },
  );
  return { calls, asked, delivered };
}

function read(call: number, args = 'null'): WaitingCall {
  return { call, capability: 'kv.read', args };
}

function answered(call: number, clockMs = 0): JournalEntry {
  return { ...read(call), ok: true, value: String(call), clockMs };
}

describe('RunCalls', () => {
  it('asks the host, and delivers each answer once, with the call it is to', () => {
    const { calls, asked, delivered } = open();
    calls.take(read(1));
    assert.deepEqual([asked, calls.isPending(1)], [[1], true]);
    calls.answer(1, { ok: true, value: '"a"', clockMs: 2000 });
    calls.answer(1, { ok: true, value: '"b"', clockMs: 2000 });
    assert.deepEqual(delivered, [{ ...read(1), ok: true, value: '"a"', clockMs: 2000 }]);
  });

  it('never sets the clock back', () => {
    const { calls, delivered } = open();
    for (const call of [1, 2, 3]) calls.take(read(call));
    for (const [call, clockMs] of [
      [1, 500],
      [2, 3000],
      [3, 2000],
    ] as const) {
      calls.answer(call, { ok: true, value: 'null', clockMs });
    }
    assert.deepEqual(
      delivered.map(({ clockMs }) => clockMs),
      [1000, 3000, 3000],
    );
  });

  it('refuses what was not granted without the host', () => {
    const { calls, asked, delivered } = open();
    calls.take({ call: 1, capability: 'kv.write', args: 'null' });
    assert.deepEqual(asked, []);
    const [refusal] = delivered;
    assert.equal(refusal?.ok, false);
    assert.match(refusal.value, /^\{"code":"GRANT_MISSING"/);
  });

  it('is suspended when nothing but suspended calls is pending', () => {
    const { calls } = open();
    assert.equal(calls.isSuspended, false);
    calls.take(read(1));
    calls.take(read(2));
    calls.suspend(1);
    calls.suspend(7);
    assert.equal(calls.isSuspended, false);
    calls.answer(2, { ok: true, value: 'null', clockMs: 0 });
    assert.equal(calls.isSuspended, true);
    assert.deepEqual(calls.waiting, [read(1)]);
  });

  it('gives the answers of a journal before it asks, and then asks in order', () => {
    const { calls, asked, delivered } = open([answered(3, 5000), answered(1)]);
    for (const call of [1, 2, 3]) calls.take(read(call));
    assert.equal(calls.answerAgain(), undefined);
    calls.take(read(4));
    assert.deepEqual(asked, []);
    assert.equal(calls.answerAgain(), undefined);
    assert.deepEqual(asked, [2, 4]);
    assert.deepEqual(delivered, [answered(3, 5000), answered(1, 5000)]);
  });

  it('tells which answer of a journal a run contradicts, or has not asked for', () => {
    const journal = [answered(1), answered(2)];
    assert.equal(open(journal).calls.take(read(1, '"other"'))?.call, 1);
    const { calls } = open(journal.toReversed());
    calls.take(read(1));
    assert.equal(calls.findUnasked()?.call, 2);
    assert.equal(calls.answerAgain()?.call, 2);
  });

  it('answers sleeps of a journal at once', () => {
    const sleep = { call: 1, capability: 'time.sleep', args: '{"ms":1000000}' };
    const { calls, delivered } = open([{ ...sleep, ok: true, value: 'null', clockMs: 1_001_000 }]);
    calls.take(sleep);
    calls.answerAgain();
    assert.equal(delivered[0]?.clockMs, 1_001_000);
  });

  it('asks and sleeps no more in a replay once its journal is used up', () => {
    const { calls, asked, delivered } = open([answered(1)], true);
    calls.take(read(1));
    calls.answerAgain();
    calls.take(read(2));
    calls.take({ call: 3, capability: 'time.sleep', args: '{"ms":0}' });
    assert.deepEqual([asked, calls.isSuspended, calls.waiting.length], [[], true, 2]);
    calls.take({ call: 4, capability: 'kv.write', args: 'null' });
    assert.match(delivered[1]?.value ?? '', /^\{"code":"GRANT_MISSING"/);
  });

  it('sleeps from what its clock says', async () => {
    const { calls, delivered } = open();
    calls.take(read(1));
    calls.answer(1, { ok: true, value: 'null', clockMs: 5000 });
    calls.take({ call: 2, capability: 'time.sleep', args: '{"ms":3}' });
    while (calls.isPending(2)) await new Promise(setImmediate);
    assert.equal(delivered[1]?.clockMs, 5003);
  });

  it('starts over with its journal, and with its clock', () => {
    const { calls, asked, delivered } = open([answered(1)]);
    for (const _ of [1, 2]) {
      calls.take(read(1));
      calls.answerAgain();
      calls.take(read(2));
      calls.suspend(2);
      assert.equal(calls.isSuspended, true);
      calls.restart();
      assert.equal(calls.isPending(2), false);
    }
    assert.deepEqual(asked, [2, 2]);
    assert.deepEqual(delivered, [answered(1, 1000), answered(1, 1000)]);
  });

  it('believes no cell that makes calls out of order, or more than a prelude lets be in flight', () => {
    for (const call of [0, 1, 1.5, 3]) {
      const { calls } = open([answered(1)]);
      calls.take(read(1));
      calls.answerAgain();
      assert.throws(() => calls.take(read(call)), { code: 'CELL_PROTOCOL' }, String(call));
    }
    const large = open([answered(1)]);
    for (let call = 1; call <= 4; call += 1) large.calls.take(read(call, JSON.stringify('x'.repeat(MIB / 4 - 2))));
    assert.throws(() => large.calls.take(read(5)), { code: 'CELL_PROTOCOL' });
  });
});
