// A report and the signature over it, as one JSON document.
//
// SECURITY: the signature covers the canonical JSON of the whole report, whatever its spacing, under a prefix that no other
// use of the key shares; test/unit/host/cli/attest/sealed-report.test.ts holds it. It says who signed, not that the
// signer told the truth: whoever holds the key can sign anything.

import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { isDeeperThan, canonicalJson, hostError, MAX_JSON_DEPTH } from '#host/base';
import { checkSealedReport } from './report-schema.ts';
import type { AttestReport } from './report.ts';

/** What `--json` prints, `--out` writes and `--verify` reads. */
export interface SealedReport {
  readonly report: AttestReport;
  readonly signature: Signature;
}

/** An Ed25519 signature. */
export interface Signature {
  readonly algorithm: 'Ed25519';
  /** Base64 of the DER form (SPKI). */
  readonly publicKey: string;
  /** Base64. */
  readonly value: string;
}

const PREFIX = 'glovebox-attest-1\n';

/** A new signing key: PKCS #8, DER. */
export function createSigningKey(): Uint8Array {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
}

/** Signs a report. @param key of {@link createSigningKey} */
export function sealReport(report: AttestReport, key: Uint8Array): SealedReport {
  const privateKey = createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' });
  const value = sign(null, bytesOf(report), privateKey).toString('base64');
  return { report, signature: { algorithm: 'Ed25519', publicKey: textOf(createPublicKey(privateKey)), value } };
}

/**
 * The report of a sealed one, as it was signed.
 *
 * @param publicKey whose signature it must be. @default the one it names itself
 * @throws ATTEST_INVALID, with `data.reason`, when it is no report, or changed, or signed by somebody else
 */
export function openSealedReport(text: string, publicKey?: string): SealedReport {
  const sealed = parseSealed(text);
  const { report, signature } = sealed;
  if (publicKey !== undefined && publicKey !== signature.publicKey) {
    throw invalid('key', `the report is signed by ${signature.publicKey}, not by the key that was given`);
  }
  const key = parsePublicKey(signature.publicKey);
  if (!verify(null, bytesOf(report), key, Buffer.from(signature.value, 'base64'))) {
    throw invalid('signature', 'the report is not what its signature covers: it was changed after it was signed');
  }
  return sealed;
}

function parseSealed(text: string): SealedReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid('format', 'the file is not JSON: it may have been cut off', { cause });
  }
  if (isDeeperThan(value, MAX_JSON_DEPTH)) throw invalid('format', 'the file nests deeper than a report');
  const verdict = checkSealedReport(value);
  if (verdict.ok) return value as SealedReport;
  const [problem] = verdict.errors;
  throw invalid('format', `the file is no report of glovebox attest: ${problem?.path ?? ''} ${problem?.message ?? ''}`);
}

function parsePublicKey(text: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  } catch (cause) {
    throw invalid('format', 'the report names no public key', { cause });
  }
  // Base64 has several spellings of the same bytes; ours is the only one that counts.
  if (key.asymmetricKeyType !== 'ed25519' || textOf(key) !== text) throw invalid('format', 'it is no Ed25519 key');
  return key;
}

function textOf(publicKey: KeyObject): string {
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}

function bytesOf(report: AttestReport): Buffer {
  return Buffer.from(PREFIX + canonicalJson(report));
}

function invalid(reason: 'format' | 'signature' | 'key', message: string, options?: ErrorOptions): Error {
  return hostError('ATTEST_INVALID', message, { reason }, options);
}
