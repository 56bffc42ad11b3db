// Keeps `obj.toString = …` and its like working on top of a frozen Object.prototype.
//
// Assigning to a property that a frozen prototype also has throws (the "override mistake" of the language). For the names
// of Object.prototype, which ordinary code does assign, the property becomes an accessor whose setter defines an own
// property, as SES does. Error prototypes are sealed instead (freeze.ts). No more than that: each accessor costs 1.5 µs per
// context, and accessors on Array.prototype or Promise.prototype would slow all code.

import { Function, Object, Reflect, TypeError } from './primordials.ts';

const OBJECT_NAMES = [
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
] as const;

/** Makes those names assignable on whatever inherits them. Before the freeze. */
export function keepNamesAssignable(): void {
  for (const name of OBJECT_NAMES) makeAssignable(Object.prototype, name);
  makeAssignable(Function.prototype, 'toString');
}

function makeAssignable(prototype: object, key: string): void {
  const value: unknown = Reflect.getOwnPropertyDescriptor(prototype, key)?.value;
  const accessor = {
    get: () => value,
    set(this: object, assigned: unknown) {
      const own = { value: assigned, writable: true, enumerable: true, configurable: true };
      if (!Reflect.defineProperty(this, key, own)) throw new TypeError(`Cannot assign to read only property '${key}'`);
    },
  };
  Reflect.defineProperty(prototype, key, accessor);
}
