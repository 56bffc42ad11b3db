// `structuredClone` for data: primitives, plain objects, arrays, Date, RegExp, Map, Set, ArrayBuffer and its views.
// Cycles are kept; functions, symbols and other objects with a class of their own are refused, as are transfers.

import {
  Array,
  ArrayBuffer,
  DataView,
  Date,
  Error,
  isObject,
  Map,
  methodOf,
  Object,
  Reflect,
  RegExp,
  Set,
  Symbol,
  TypedArray,
} from '../primordials.ts';

const bufferSlice = methodOf(ArrayBuffer.prototype, 'slice');
const dateTime = methodOf(Date.prototype, 'getTime');
const eachInMap = methodOf(Map.prototype, 'forEach');
const eachInSet = methodOf(Set.prototype, 'forEach');

type Copies = Map<object, unknown>;

/** A deep copy. @throws DataCloneError when the value holds something that is not data */
export const structuredClone = (value: unknown): unknown => copyOf(value, new Map());

function copyOf(value: unknown, copies: Copies): unknown {
  if (typeof value === 'symbol' || typeof value === 'function') throw cannotClone(`a ${typeof value}`);
  if (!isObject(value)) return value;
  if (copies.has(value)) return copies.get(value);
  const copy = emptyCopyOf(value, copies);
  copies.set(value, copy);
  if (isA(Map, 'size', value)) fillMap(value as Map<unknown, unknown>, copy as Map<unknown, unknown>, copies);
  else if (isA(Set, 'size', value)) fillSet(value as Set<unknown>, copy as Set<unknown>, copies);
  else if (Array.isArray(value) || isPlain(value)) fillObject(value, copy as object, copies);
  return copy;
}

function emptyCopyOf(value: object, copies: Copies): unknown {
  if (Array.isArray(value)) return new Array(value.length);
  if (isPlain(value)) return {};
  if (isA(Map, 'size', value)) return new Map();
  if (isA(Set, 'size', value)) return new Set();
  if (isA(RegExp, 'source', value)) return new RegExp(value as RegExp);
  if (isA(ArrayBuffer, 'byteLength', value)) return bufferSlice(value, 0);
  if (ArrayBuffer.isView(value)) return copyOfView(value, copies);
  try {
    return new Date(dateTime(value));
  } catch {
    throw cannotClone('an object with a class of its own');
  }
}

/** Whether the getter of a class accepts the value as one of its instances. */
function isA(constructor: { readonly prototype: object }, getter: string, value: object): boolean {
  if (value === constructor.prototype) return false;
  try {
    Reflect.get(constructor.prototype, getter, value);
    return true;
  } catch {
    return false;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Reflect.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function copyOfView(view: ArrayBufferView, copies: Copies): unknown {
  const isDataView = Reflect.get(TypedArray.prototype, Symbol.toStringTag, view) === undefined;
  const prototype = isDataView ? DataView.prototype : TypedArray.prototype;
  const read = (key: string): unknown => Reflect.get(prototype, key, view);
  const buffer = copyOf(read('buffer'), copies);
  const constructor = isDataView ? DataView : (Reflect.getPrototypeOf(view)?.constructor as DataViewConstructor);
  return Reflect.construct(constructor, [buffer, read('byteOffset'), read(isDataView ? 'byteLength' : 'length')]);
}

function fillMap(from: Map<unknown, unknown>, to: Map<unknown, unknown>, copies: Copies): void {
  const add = (entry: unknown, key: unknown): unknown => to.set(copyOf(key, copies), copyOf(entry, copies));
  eachInMap(from, add);
}

function fillSet(from: Set<unknown>, to: Set<unknown>, copies: Copies): void {
  const add = (entry: unknown): unknown => to.add(copyOf(entry, copies));
  eachInSet(from, add);
}

function fillObject(from: object, to: object, copies: Copies): void {
  for (const key of Object.keys(from)) {
    const value = copyOf(Reflect.get(from, key), copies);
    Reflect.defineProperty(to, key, { value, writable: true, enumerable: true, configurable: true });
  }
}

function cannotClone(what: string): Error {
  const error = new Error(`structuredClone cannot copy ${what}`);
  Reflect.defineProperty(error, 'name', { value: 'DataCloneError', writable: true, configurable: true });
  return error;
}
