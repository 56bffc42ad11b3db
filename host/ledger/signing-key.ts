// Ed25519 as the ledger uses it: keys as bytes, signatures as texts.

import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';

/** What signs. */
export interface SigningKey {
  /** Base64 of its SPKI form. */
  readonly publicKey: string;
  /** Ed25519 over UTF-8, base64. */
  sign(text: string): string;
}

/** A new key, and its bytes as they are to be stored: PKCS #8. */
export function createSigningKey(): { readonly key: SigningKey; readonly stored: Uint8Array } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { key: toSigningKey(privateKey), stored: privateKey.export({ format: 'der', type: 'pkcs8' }) };
}

/** The key that was stored; `undefined` when it is none. */
export function parseSigningKey(stored: Uint8Array): SigningKey | undefined {
  try {
    const key = createPrivateKey({ key: Buffer.from(stored), format: 'der', type: 'pkcs8' });
    return key.asymmetricKeyType === 'ed25519' ? toSigningKey(key) : undefined;
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

function toSigningKey(key: KeyObject): SigningKey {
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('base64') };
}
