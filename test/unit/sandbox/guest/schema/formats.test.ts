import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { FORMATS } from '../../../../../sandbox/guest/schema/formats.ts';

const UNITS = [
  'a', '1', '.', ':', '-', '@', '/', '%41', '{a}', '{a,', '::', 'a.', 'a-', 'a@', 'a:', '1.', '1:', '~0', 'AAAA\n', '\n', 't', '?#', '[::', '\\Z', '(',
]; // prettier-ignore
const STARTS = ['', 'a@', 'http://', 'http://a', 'a:', '#/', '/', 'P', 'P1', '{', '2024-01-01T', '0'];

function check(format: string, value: string): boolean {
  const validate = FORMATS[format]?.validate as ((value: string) => boolean) | undefined;
  return validate?.(value) === true;
}

describe('FORMATS', () => {
  it('has the formats of 2020-12 that ajv knows', () => {
    for (const format of [
      'date-time',
      'date',
      'time',
      'duration',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uri',
      'uri-reference',
      'uri-template',
      'uuid',
      'json-pointer',
      'regex',
    ]) {
      assert.ok(Object.hasOwn(FORMATS, format), format);
    }
  });

  it('is strict about dates, and bounds URLs', () => {
    assert.equal(check('date', '2024-02-30'), false);
    assert.equal(check('date-time', '2024-02-29T23:59:60Z'), true);
    assert.equal(check('url', 'https://example.com/a'), true);
    assert.equal(check('url', `https://example.com/${'a'.repeat(2048)}`), false);
  });

  it('gives the same answer twice', () => {
    assert.deepEqual([check('byte', 'AAAA'), check('byte', 'AAAA')], [true, true]);
  });

  it('takes no hostile text more than a blink', () => {
    const started = performance.now();
    for (const [name, { type }] of Object.entries(FORMATS)) {
      if (type !== 'string') continue;
      for (const start of STARTS)
        for (const unit of UNITS) check(name, `${start}${unit.repeat(30_000 / unit.length)}\u0000`);
    }
    // About 7,000 texts; one that took quadratic time would alone take seconds.
    assert.ok(performance.now() - started < 5000);
  });
});
