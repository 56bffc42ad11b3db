import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertAddressAllowed, isLoopback } from '../../../../../host/doors/http/address.ts';

describe('isLoopback', () => {
  for (const host of ['127.0.0.1', '127.255.0.9', '::1', '[::1]', 'localhost', 'LOCALHOST', '::ffff:127.0.0.1']) {
    it(`is true for ${host}`, () => assert.equal(isLoopback(host), true));
  }
  for (const host of [
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '128.0.0.1',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '',
  ]) {
    it(`is false for ${JSON.stringify(host)}`, () => assert.equal(isLoopback(host), false));
  }
});

describe('assertAddressAllowed', () => {
  it('throws ADDRESS_REFUSED for an address that others can reach', () => {
    assert.throws(() => assertAddressAllowed('0.0.0.0', false), { code: 'ADDRESS_REFUSED', data: { host: '0.0.0.0' } });
  });

  it('allows it when the operator says so', () => {
    assertAddressAllowed('0.0.0.0', true);
    assertAddressAllowed('127.0.0.1', false);
  });
});
