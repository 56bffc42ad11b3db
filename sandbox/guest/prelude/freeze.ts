// Freezes what all code of a context shares: constructors, prototypes, namespaces.
//
// The list is written out because walking the object graph costs 1 ms per context and freezing these costs 0.04 ms;
// freeze.test.ts walks the graph and fails when something reachable is missing here. Plain built-in functions
// (`Array.prototype.map`) are left as they are: nothing reads properties of them, and no other run shares them.

import { RecordedDate } from './clock.ts';
import { FixedArrayBuffer } from './fixed-buffers.ts';
import * as native from './primordials.ts';
import { isObject, Object, realm, Symbol } from './primordials.ts';
import { refusingConstructors } from './refuse-code-generation.ts';

/** Freezes each object, and the prototype of each constructor among them. */
export function freezeContainers(containers: readonly object[]): void {
  for (const container of containers) {
    Object.freeze(container);
    const { prototype } = container as { readonly prototype?: unknown };
    if (isObject(prototype)) Object.freeze(prototype);
  }
}

/** Freezes all intrinsics but those that intl.ts and temporal.ts freeze on first use. */
export function freezeIntrinsics(): void {
  freezeContainers(NAMED);
  freezeContainers(refusingConstructors);
  freezeContainers(unnamedPrototypes());
  for (const constructor of ERRORS) Object.freeze(constructor);
  for (const sealed of SEALED) Object.seal(sealed);
}

const NAMED: readonly object[] = [
  native.Array,
  native.AsyncDisposableStack,
  native.BigInt,
  native.BigInt64Array,
  native.BigUint64Array,
  native.Boolean,
  native.DataView,
  native.DisposableStack,
  FixedArrayBuffer,
  native.Float16Array,
  native.Float32Array,
  native.Float64Array,
  native.Int16Array,
  native.Int32Array,
  native.Int8Array,
  native.Iterator,
  native.JSON,
  native.Map,
  native.Math,
  native.Number,
  native.Object,
  native.Promise,
  native.Proxy,
  RecordedDate,
  native.Reflect,
  native.RegExp,
  native.Set,
  native.String,
  native.Symbol,
  native.TypedArray,
  native.Uint16Array,
  native.Uint32Array,
  native.Uint8Array,
  native.Uint8ClampedArray,
  native.WeakMap,
  native.WeakSet,
];

/**
 * Sealed, not frozen, so that `this.name = …` works in subclasses of errors, and `Error.stackTraceLimit = …`. Who changes
 * them misleads only themselves: the prelude reads nothing of them once guest code runs.
 */
const SEALED: readonly object[] = [
  native.Error,
  native.Error.prototype,
  native.AggregateError.prototype,
  native.EvalError.prototype,
  native.RangeError.prototype,
  native.ReferenceError.prototype,
  native.SuppressedError.prototype,
  native.SyntaxError.prototype,
  native.TypeError.prototype,
  native.URIError.prototype,
];

/** Error constructors: frozen, while their prototypes are sealed. */
const ERRORS: readonly object[] = [
  native.AggregateError,
  native.EvalError,
  native.RangeError,
  native.ReferenceError,
  native.SuppressedError,
  native.SyntaxError,
  native.TypeError,
  native.URIError,
];

/** Prototypes no global name leads to, and the one list that hangs on another. */
function unnamedPrototypes(): readonly object[] {
  const prototypeOf = (value: unknown): object => Object.getPrototypeOf(value) as object;
  const generator = prototypeOf(function* () {}) as { readonly prototype: object };
  const asyncGenerator = prototypeOf(async function* () {}) as { readonly prototype: object };
  return [
    prototypeOf(realm),
    native.Array.prototype[Symbol.unscopables],
    generator.prototype,
    asyncGenerator.prototype,
    prototypeOf(asyncGenerator.prototype),
    prototypeOf([][Symbol.iterator]()),
    prototypeOf(''[Symbol.iterator]()),
    prototypeOf(''.matchAll(/x/g)),
    prototypeOf(new native.Map()[Symbol.iterator]()),
    prototypeOf(new native.Set()[Symbol.iterator]()),
    prototypeOf(native.Iterator.from([]).map((x) => x)),
    prototypeOf(native.Iterator.from({ next: () => ({ done: true, value: undefined }) })),
  ];
}
