import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatAge, formatBytes, formatMs } from '../../../../../host/cli/output/format.ts';

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;

describe('formatMs', () => {
  for (const [ms, text] of [
    [0.44, '0.4 ms'],
    [9.96, '10.0 ms'],
    [38.4, '38 ms'],
    [1250, '1.25 s'],
  ] as const) {
    it(`writes ${ms} as ${text}`, () => assert.equal(formatMs(ms), text));
  }
});

describe('formatBytes', () => {
  for (const [bytes, text] of [
    [0, '0 B'],
    [1023, '1023 B'],
    [65_536, '64.0 KiB'],
    [1_363_149, '1.3 MiB'],
    [25_232_932_864, '23.5 GiB'],
  ] as const) {
    it(`writes ${bytes} as ${text}`, () => assert.equal(formatBytes(bytes), text));
  }
});

describe('formatAge', () => {
  for (const [age, text] of [
    [0, 'just now'],
    [5 * MINUTE, '5 min ago'],
    [179 * MINUTE, '2 h ago'],
    [49 * 60 * MINUTE, '2 d ago'],
  ] as const) {
    it(`writes ${age} ms as ${text}`, () => assert.equal(formatAge(NOW - age, NOW), text));
  }
});
