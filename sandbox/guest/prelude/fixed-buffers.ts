// Keeps buffers at the size they were made with: growth in place is memory no heap limit counts.

import { ArrayBuffer as NativeArrayBuffer, RangeError, realm, Reflect, TypeError } from './primordials.ts';

/** `ArrayBuffer` as guests see it. */
export const FixedArrayBuffer = createFixedArrayBuffer();

/** Puts {@link FixedArrayBuffer} in place and removes what resizes or moves. */
export function fixBuffers(): void {
  const { prototype } = NativeArrayBuffer;
  for (const name of ['resize', 'resizable', 'maxByteLength', 'transfer', 'transferToFixedLength']) {
    Reflect.deleteProperty(prototype, name);
  }
  Reflect.defineProperty(prototype, 'constructor', { value: FixedArrayBuffer });
  Reflect.defineProperty(realm, 'ArrayBuffer', { value: FixedArrayBuffer });
}

function createFixedArrayBuffer(): ArrayBufferConstructor {
  const constructor = function (byteLength?: number, options?: { readonly maxByteLength?: number }): object {
    if (new.target === undefined) throw new TypeError("Constructor ArrayBuffer requires 'new'");
    if (options?.maxByteLength !== undefined) {
      throw new RangeError('resizable ArrayBuffers are not available in a tool; make a larger one and copy');
    }
    return Reflect.construct(NativeArrayBuffer, [byteLength], new.target) as object;
  };
  Reflect.defineProperty(constructor, 'name', { value: 'ArrayBuffer' });
  Reflect.defineProperty(constructor, 'prototype', { value: NativeArrayBuffer.prototype, writable: false });
  Reflect.defineProperty(constructor, 'isView', { value: Reflect.get(NativeArrayBuffer, 'isView') });
  return constructor as unknown as ArrayBufferConstructor;
}
