import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';

import {
  createSigningKey,
  openSealedReport,
  sealReport,
  type SealedReport,
} from '../../../../../host/cli/attest/sealed-report.ts';
import { reportOn, trialOf } from '../../../../fixtures/attacks/trials.ts';

const report = reportOn([trialOf('a', 'x'), trialOf('a', 'y', 'contained')]);
const sealed = sealReport(report, createSigningKey());
const text = JSON.stringify(sealed);

/** Opening it fails, for this reason. */
function assertInvalid(reason: string, changed: string, key?: string): void {
  assert.throws(
    () => openSealedReport(changed, key),
    (error: unknown) => {
      const { code, data } = error as { readonly code: string; readonly data: { readonly reason: string } };
      assert.deepEqual([code, data.reason], ['ATTEST_INVALID', reason]);
      return true;
    },
  );
}

function withSignature(change: Partial<SealedReport['signature']>): string {
  return JSON.stringify({ ...sealed, signature: { ...sealed.signature, ...change } });
}

// Proves command.attest-signed.
describe('openSealedReport', () => {
  it('gives what was sealed, however it is spaced', () => {
    assert.deepEqual(openSealedReport(text), sealed);
    assert.deepEqual(openSealedReport(JSON.stringify(sealed, undefined, 2), sealed.signature.publicKey), sealed);
  });

  const CHANGES: Readonly<Record<string, (copy: typeof report) => unknown>> = {
    'its verdict': (copy) => ({ ...copy, passed: true }),
    'a version': (copy) => ({ ...copy, node: '26.11.0' }),
    'its time': (copy) => ({ ...copy, at: copy.at + 1 }),
    'a total': (copy) => ({ ...copy, totals: { ...copy.totals, contained: 2 } }),
    'an attack left out': (copy) => ({ ...copy, attacks: copy.attacks.slice(1) }),
    'two attacks swapped': (copy) => ({ ...copy, attacks: copy.attacks.toReversed() }),
    'something added': (copy) => ({ ...copy, note: 'audited' }),
  };
  for (const [what, change] of Object.entries(CHANGES)) {
    it(`refuses one of which ${what} differs`, () => {
      assertInvalid('signature', JSON.stringify({ ...sealed, report: change(report) }));
    });
  }

  it('refuses one that is cut off, wherever', () => {
    for (let end = 0; end < text.length; end += 97) assertInvalid('format', text.slice(0, end));
  });

  it('refuses one that is signed by another key than the one that is given', () => {
    const other = sealReport(report, createSigningKey());
    assertInvalid('key', JSON.stringify(other), sealed.signature.publicKey);
  });

  it('refuses another key or another signature put in its place', () => {
    const other = sealReport(report, createSigningKey()).signature;
    assertInvalid('signature', withSignature({ publicKey: other.publicKey }));
    assertInvalid('signature', withSignature({ value: other.value }));
    assertInvalid('signature', withSignature({ value: '' }));
  });

  it('refuses what is no Ed25519 key', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const text256 = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    for (const key of ['', 'AAAA', text256, `${sealed.signature.publicKey}\n`]) {
      assertInvalid('format', withSignature({ publicKey: key }));
    }
  });

  it('refuses what is no report, or of another form', () => {
    const other = { ...sealed, report: { ...report, format: 2 } };
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    for (const each of ['null', '[]', '{}', '"report"', JSON.stringify(report), JSON.stringify(other), deep]) {
      assertInvalid('format', each);
    }
  });
});
