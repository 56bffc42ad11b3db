import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { JournalEntry } from '#sandbox';
import { Journal, MAX_JOURNAL } from '../../../../sandbox/lane/journal.ts';

function entry(call: number, rest: Partial<JournalEntry> = {}): JournalEntry {
  return { call, capability: 'kv.read', args: `"${call}"`, ok: true, value: 'null', clockMs: 0, ...rest };
}

const failure = { code: 'STORE_BUSY', kind: 'unavailable', fault: 'host', message: 'busy' };

describe('Journal', () => {
  it('gives what it was given, in that order, and then nothing', () => {
    const journal = new Journal([entry(2), entry(1)]);
    assert.deepEqual([journal.isReplaying, journal.takeNext()?.call], [true, 2]);
    assert.deepEqual([journal.isReplaying, journal.takeNext()?.call], [true, 1]);
    assert.deepEqual([journal.isReplaying, journal.takeNext()], [false, undefined]);
    assert.equal(new Journal().isReplaying, false);
  });

  it('holds what the run has had, not what waits to be given', () => {
    const journal = new Journal([entry(1), entry(2)]);
    journal.takeNext();
    assert.deepEqual(journal.entries, []);
    assert.equal(journal.note(entry(1)), true);
    assert.deepEqual(journal.entries, [entry(1)]);
  });

  it('contradicts a call of another capability or other arguments, and no call it knows nothing of', () => {
    const journal = new Journal([entry(1)]);
    assert.equal(journal.findContradiction({ call: 1, capability: 'kv.read', args: '"1"' }), undefined);
    assert.equal(journal.findContradiction({ call: 1, capability: 'kv.write', args: '"1"' })?.call, 1);
    assert.equal(journal.findContradiction({ call: 1, capability: 'kv.read', args: '"1" ' })?.call, 1);
    assert.equal(journal.findContradiction({ call: 2, capability: 'kv.read', args: '"1"' }), undefined);
  });

  it('finds the first answer left that nobody asked for', () => {
    const journal = new Journal([entry(1), entry(2), entry(3)]);
    journal.takeNext();
    const pending = (...calls: number[]) => new Map(calls.map((call) => [call, true]));
    assert.equal(journal.findUnasked(pending(2, 3)), undefined);
    assert.equal(journal.findUnasked(pending(3))?.call, 2);
    assert.equal(journal.findUnasked(pending())?.call, 2);
  });

  it('takes 8 Mi characters and no more', () => {
    const journal = new Journal();
    assert.equal(journal.note(entry(1, { args: '', value: 'x'.repeat(MAX_JOURNAL) })), true);
    assert.equal(journal.note(entry(2, { args: '', value: 'x' })), false);
    assert.deepEqual(
      journal.entries.map(({ call }) => call),
      [1],
    );
  });

  it('finds the latest failure of a code, whole, among what the run has had', () => {
    const data = { a: 1 };
    const journal = new Journal([entry(9, { ok: false, value: JSON.stringify(failure) })]);
    assert.equal(journal.findFailure('STORE_BUSY'), undefined);
    journal.note(entry(1, { ok: false, value: JSON.stringify(failure) }));
    journal.note(entry(2, { ok: false, value: JSON.stringify({ ...failure, data, more: 1 }) }));
    journal.note(entry(3, { value: JSON.stringify({ ...failure, code: 'STORE_FULL' }) }));
    assert.deepEqual(journal.findFailure('STORE_BUSY'), { ...failure, data });
    assert.equal(journal.findFailure('STORE_FULL'), undefined);
  });

  it('begins again', () => {
    const journal = new Journal([entry(1)]);
    journal.note(journal.takeNext() ?? entry(0));
    journal.rewind();
    assert.deepEqual([journal.isReplaying, journal.entries], [true, []]);
    assert.equal(journal.takeNext()?.call, 1);
  });
});
