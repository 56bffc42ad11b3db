// `TextEncoder` and `TextDecoder`, UTF-8 only.
// @see https://encoding.spec.whatwg.org/#utf-8-decoder

import {
  ArrayBuffer,
  DataView,
  RangeError,
  Reflect,
  String,
  Symbol,
  TypedArray,
  TypeError,
  Uint8Array,
} from '../primordials.ts';
import { utf8Bytes } from '../utf8.ts';

/** `TextEncoder`: text → UTF-8. */
export function createTextEncoder(): object {
  return class TextEncoder {
    get encoding(): string {
      return 'utf-8';
    }

    encode(input: unknown = ''): Uint8Array {
      const text = String(input);
      const bytes = new Uint8Array(utf8Bytes(text));
      writeUtf8(text, bytes);
      return bytes;
    }

    encodeInto(input: unknown, target: Uint8Array): { readonly read: number; readonly written: number } {
      return writeUtf8(String(input), target);
    }
  };
}

/** `TextDecoder`: UTF-8 → text. Not streaming: each call decodes all it is given. */
export function createTextDecoder(): object {
  return class TextDecoder {
    readonly encoding = 'utf-8';
    readonly fatal: boolean;
    readonly ignoreBOM: boolean;

    constructor(label: unknown = 'utf-8', options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean }) {
      const name = String(label).trim().toLowerCase();
      if (name !== 'utf-8' && name !== 'utf8') throw new RangeError('TextDecoder knows utf-8 only');
      this.fatal = options?.fatal === true;
      this.ignoreBOM = options?.ignoreBOM === true;
    }

    decode(input?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string {
      if (options?.stream === true) throw new TypeError('TextDecoder does not stream; join the parts first');
      const text = input === undefined ? '' : readUtf8(viewOf(input), this.fatal);
      return !this.ignoreBOM && text.startsWith('\ufeff') ? text.slice(1) : text;
    }
  };
}

function writeUtf8(text: string, target: Uint8Array): { readonly read: number; readonly written: number } {
  let read = 0;
  let written = 0;
  while (read < text.length) {
    const point = codePointAt(text, read);
    const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (written + size > target.length) break;
    if (size === 1) target[written] = point;
    else {
      // The first byte's high bits say how many bytes there are.
      target[written] = ((0xf00 >> size) & 0xff) | (point >> (6 * (size - 1)));
      for (let i = 1; i < size; i++) target[written + i] = 0x80 | ((point >> (6 * (size - 1 - i))) & 0x3f);
    }
    written += size;
    read += point > 0xffff ? 2 : 1;
  }
  return { read, written };
}

/** A lone surrogate becomes the replacement character. */
function codePointAt(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
}

function viewOf(input: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (!ArrayBuffer.isView(input)) return new Uint8Array(input);
  const prototype =
    Reflect.get(TypedArray.prototype, Symbol.toStringTag, input) === undefined
      ? DataView.prototype
      : TypedArray.prototype;
  const read = (key: 'buffer' | 'byteOffset' | 'byteLength'): unknown => Reflect.get(prototype, key, input);
  return new Uint8Array(read('buffer') as ArrayBuffer, read('byteOffset') as number, read('byteLength') as number);
}

function readUtf8(bytes: Uint8Array, fatal: boolean): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const { point, size } = readCodePoint(bytes, at);
    if (point === undefined && fatal) throw new TypeError('the bytes are not valid UTF-8');
    text += point === undefined ? '\ufffd' : String.fromCodePoint(point);
    at += size;
  }
  return text;
}

/** The code point at a position; undefined when the bytes there are not valid, and then `size` is what to skip. */
function readCodePoint(bytes: Uint8Array, at: number): { readonly point: number | undefined; readonly size: number } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { point: first, size: 1 };
  const length = sequenceLength(first);
  if (length === 0) return { point: undefined, size: 1 };
  // The bounds of the second byte keep out overlong forms, surrogates and what is beyond U+10FFFF.
  let lower = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  let upper = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  let point = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i];
    if (next === undefined || next < lower || next > upper) return { point: undefined, size: i };
    point = (point << 6) | (next & 0x3f);
    lower = 0x80;
    upper = 0xbf;
  }
  return { point, size: length };
}

function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}
