import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOriginGuard } from '../../../../../host/doors/http/origin-guard.ts';

// bound address, allowed hosts, Host, Origin, whether the request is welcome
const CASES: readonly [string, readonly string[], string | undefined, string | undefined, boolean][] = [
  ['127.0.0.1', [], '127.0.0.1:8080', undefined, true],
  ['127.0.0.1', [], 'localhost:8080', 'http://localhost:6274', true],
  ['127.0.0.1', [], '[::1]:8080', 'http://[::1]', true],
  ['127.0.0.1', [], undefined, undefined, false],
  ['127.0.0.1', [], '', undefined, false],
  ['127.0.0.1', [], 'evil.example', undefined, false],
  ['127.0.0.1', [], 'localhost.evil.example', undefined, false],
  ['127.0.0.1', [], 'a b', undefined, false],
  ['127.0.0.1', [], 'evil.example@localhost', undefined, false],
  ['127.0.0.1', [], 'localhost/@evil.example', undefined, false],
  ['127.0.0.1', [], 'localhost\\evil.example', undefined, false],
  ['127.0.0.1', [], 'localhost', 'https://evil.example', false],
  ['127.0.0.1', [], 'localhost', 'evil://localhost', false],
  ['127.0.0.1', [], 'localhost', 'null', false],
  ['127.0.0.1', [], 'localhost', 'file://', false],
  ['127.0.0.1', [], 'localhost', 'http://localhost.evil.example', false],
  // A page cannot make its name resolve to a literal address, but nobody asks a loopback door by one.
  ['127.0.0.1', [], '192.168.1.5:8080', undefined, false],
  ['127.0.0.1', ['box.example'], 'BOX.example', 'https://box.example', true],
  ['0.0.0.0', [], '192.168.1.5:8080', undefined, true],
  ['0.0.0.0', [], '[fe80::1]:8080', undefined, true],
  ['0.0.0.0', [], 'rebound.example', undefined, false],
  ['0.0.0.0', [], '192.168.1.5', 'http://192.168.1.5:9000', true],
  ['0.0.0.0', [], '192.168.1.5', 'http://6.6.6.6', false],
  ['0.0.0.0', ['box.example'], 'box.example:443', 'https://box.example', true],
];

describe('createOriginGuard', () => {
  for (const [bound, allowed, host, origin, welcome] of CASES) {
    it(`bound to ${bound} (${allowed.join()}): Host ${String(host)}, Origin ${String(origin)} → ${welcome ? 'welcome' : 'refused'}`, () => {
      const failure = createOriginGuard(bound, allowed)({ host, origin });
      assert.equal(failure?.code, welcome ? undefined : 'ORIGIN_REFUSED');
    });
  }
});
