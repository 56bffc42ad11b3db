// Globals that are built, or hardened, on first use: most runs never touch most of them.

import { realm, Reflect } from './primordials.ts';

/** Defines a global that is built on first access. It can be assigned to, as any other. */
export function provideLazily(name: string, build: () => unknown): void {
  let value: unknown;
  let isBuilt = false;
  const settle = (settled: unknown): void => {
    Reflect.defineProperty(realm, name, { value: settled, writable: true, enumerable: false, configurable: true });
  };
  Reflect.defineProperty(realm, name, {
    get() {
      if (!isBuilt) {
        value = build();
        isBuilt = true;
        settle(value);
      }
      return value;
    },
    set: settle,
    enumerable: false,
    configurable: true,
  });
}
