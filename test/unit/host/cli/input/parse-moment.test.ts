import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { parseMoment, spanOf, toEpochMs } from '../../../../../host/cli/input/parse-moment.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;

function at(text: string): number {
  return toEpochMs(parseMoment(text), NOW);
}

describe('parseMoment', () => {
  it('reads a span back from now', () => {
    assert.deepEqual(
      ['90s', '15m', '1h', '2d', '1w'].map((text) => (NOW - at(text)) / MINUTE),
      [1.5, 15, 60, 2880, 10_080],
    );
    assert.equal(at('999999w'), 0);
  });

  it('reads a date, in UTC unless it says otherwise', () => {
    assert.equal(at('2026-01-15'), Date.UTC(2026, 0, 15));
    assert.equal(at('2026-01-15T09:30'), Date.UTC(2026, 0, 15, 9, 30));
    assert.equal(at('2026-01-15T09:30:01.5'), Date.UTC(2026, 0, 15, 9, 30, 1, 500));
    assert.equal(at('2026-01-15T09:30Z'), Date.UTC(2026, 0, 15, 9, 30));
    assert.equal(at('2026-01-15T09:30+02:00'), Date.UTC(2026, 0, 15, 7, 30));
  });

  it('refuses everything else', () => {
    for (const text of ['', 'h', '1', '1y', '-1h', '1.5h', 'yesterday', '2026-13-01', '2026-01', '15.1.2026', '1h ']) {
      assert.throws(() => parseMoment(text), { code: 'commander.invalidArgument' }, text);
    }
  });
});

describe('spanOf', () => {
  it('has the ends that were given', () => {
    assert.deepEqual(spanOf({}, NOW), {});
    assert.deepEqual(spanOf({ since: parseMoment('1h') }, NOW), { since: NOW - 60 * MINUTE });
    assert.deepEqual(spanOf({ until: { at: 5 } }, NOW), { until: 5 });
  });
});
