// The key that signs checkpoints: one for all hosts of a store, made by the first that needs it.

import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';

import type { KeyRepository } from '#host/store';

const NAME = 'ledger-signing';

/** What signs. */
export interface SigningKey {
  /** Base64 of its SPKI form. */
  readonly publicKey: string;
  /** Ed25519 over UTF-8, base64. */
  sign(text: string): string;
}

/** The store's key; made where there is none yet. */
export async function getSigningKey(keys: KeyRepository): Promise<SigningKey> {
  const stored = (await keys.find(NAME)) ?? (await keys.getOrAdd(NAME, createKey()));
  const key = readPrivateKey(stored);
  return { publicKey: publicKeyOf(key), sign: (text) => sign(null, Buffer.from(text), key).toString('base64') };
}

/** The public half of the store's key; `undefined` when there is none, or none that can be read. */
export async function findPublicKey(keys: KeyRepository): Promise<string | undefined> {
  const stored = await keys.find(NAME);
  try {
    return stored === undefined ? undefined : publicKeyOf(readPrivateKey(stored));
  } catch {
    return undefined;
  }
}

/** Whether `signature` is that of `publicKey` over `text`; whatever cannot be read is not. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function createKey(): Uint8Array {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
}

function readPrivateKey(stored: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(stored), format: 'der', type: 'pkcs8' });
}

function publicKeyOf(key: KeyObject): string {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
}
