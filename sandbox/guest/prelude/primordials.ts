// The realm's own globals, taken before any guest code can rebind them.
//
// SECURITY: the prelude names no global but these. The bindings cannot be rebound, and everything they lead to is frozen
// (freeze.ts), so `JSON.parse(…)` or `text.slice(…)` means the same before and after guest code has run. What stays
// forbidden is to call a method through another function's `call`, `apply` or `bind`: functions themselves are not
// frozen. test/unit/sandbox/guest/prelude/primordials.test.ts holds all three.

export const {
  AggregateError,
  Array,
  ArrayBuffer,
  AsyncDisposableStack,
  BigInt,
  BigInt64Array,
  BigUint64Array,
  Boolean,
  DataView,
  Date,
  DisposableStack,
  Error,
  EvalError,
  Float16Array,
  Float32Array,
  Float64Array,
  Function,
  Int16Array,
  Int32Array,
  Int8Array,
  Intl,
  Iterator,
  JSON,
  Map,
  Math,
  Number,
  Object,
  Promise,
  Proxy,
  RangeError,
  ReferenceError,
  Reflect,
  RegExp,
  Set,
  String,
  SuppressedError,
  Symbol,
  SyntaxError,
  TypeError,
  URIError,
  Uint16Array,
  Uint32Array,
  Uint8Array,
  Uint8ClampedArray,
  WeakMap,
  WeakSet,
} = globalThis;

/** The global object. */
export const realm: Record<string, unknown> = globalThis;

/** %TypedArray%: the constructor every typed array inherits from; it has no global name. */
export const TypedArray = Object.getPrototypeOf(Uint8Array) as { readonly prototype: Uint8Array };

/**
 * A method as a function of its receiver: for values that are a guest's and may shadow it, or are of another class, which
 * the method then refuses.
 */
export function methodOf<T, K extends keyof T>(
  prototype: T,
  key: K,
): (receiver: unknown, ...args: unknown[]) => T[K] extends (...args: never[]) => infer R ? R : never {
  const method = prototype[key] as (...args: unknown[]) => never;
  return (receiver, ...args) => Reflect.apply(method, receiver, args);
}

/** Whether a value is an object or a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
