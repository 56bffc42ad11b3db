// `atob` and `btoa`. Arrows, as all a guest gets hold of: a function declared has a prototype that it could change.

import { Error, Reflect, String, Uint8Array } from '../primordials.ts';

/** Binary text → base64. @throws InvalidCharacterError when a character is beyond U+00FF */
export const btoa = (data: unknown): string => {
  const text = String(data);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0xff) throw invalidCharacter('btoa takes characters up to U+00FF; encode the text first');
    bytes[i] = unit;
  }
  return bytes.toBase64();
};

/** Base64 → binary text. @throws InvalidCharacterError when the text is not base64 */
export const atob = (data: unknown): string => {
  let text = '';
  for (const byte of bytesOf(String(data))) text += String.fromCharCode(byte);
  return text;
};

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    throw invalidCharacter('atob takes base64 text');
  }
}

function invalidCharacter(message: string): Error {
  const error = new Error(message);
  Reflect.defineProperty(error, 'name', { value: 'InvalidCharacterError', writable: true, configurable: true });
  return error;
}
