import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import ivm from 'isolated-vm';

import { preludeScript } from './guest.ts';

/** Each makes one act of the prelude fail silently, as a change of V8 might. */
const SABOTAGE: readonly (readonly [what: string, script: string])[] = [
  ['WebAssembly is still there', `Object.defineProperty(globalThis, 'WebAssembly', { value: 1, configurable: false })`],
  ['a removed name is inherited', `Object.getPrototypeOf(globalThis).WeakRef = WeakRef`],
  [
    'the native console cannot be replaced',
    `Object.defineProperty(globalThis, 'console', { value: 1, configurable: false })`,
  ],
  ['eval stays', `Object.defineProperty(globalThis, 'eval', { value: eval, configurable: false, writable: false })`],
  ['Function stays', `Object.defineProperty(globalThis, 'Function', { configurable: false, writable: false })`],
  [
    'the async function constructor stays',
    `Object.defineProperty(Object.getPrototypeOf(async () => {}), 'constructor', { configurable: false })`,
  ],
  ['Date stays', `Object.defineProperty(globalThis, 'Date', { configurable: false, writable: false })`],
  [
    'the constructor of dates stays',
    `Object.defineProperty(Date.prototype, 'constructor', { configurable: false, writable: false })`,
  ],
  ['Math.random stays', `Object.defineProperty(Math, 'random', { configurable: false, writable: false })`],
  ['freezing does nothing', `Object.freeze = (object) => object`],
  ['names stay unassignable', `Object.freeze(TypeError.prototype)`],
  ['a step throws', `Iterator.from = undefined`],
  ['the time zone is another', `Date.prototype.getTimezoneOffset = () => -60`],
  ['the prelude leaks as a global', `var prelude = {}`],
];

async function runPrelude(before: string, prelude = preludeScript): Promise<void> {
  const isolate = new ivm.Isolate({ memoryLimit: 32 });
  try {
    const context = await isolate.createContext();
    await context.eval(before);
    await context.eval(prelude, { reference: true });
  } finally {
    isolate.dispose();
  }
}

// Proves jail.verified-prelude.
describe('verifyRealm', () => {
  it('lets an honest realm pass', async () => {
    await runPrelude('0');
  });

  for (const [what, script] of SABOTAGE) {
    it(`fails with PRELUDE_FAILED where ${what}`, async () => {
      await assert.rejects(runPrelude(script), /PRELUDE_FAILED/);
    });
  }

  it('fails for a bundle with no function around it, whose entry point a guest could call', async () => {
    const leaking = preludeScript
      .replace('(() => {', '')
      .replace(/return program\.default; \}\)\(\);\s*$/, 'program.default;');
    await assert.rejects(runPrelude('0', leaking), /PRELUDE_FAILED/);
  });
});
