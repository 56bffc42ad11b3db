// The prelude's last act: it checks that what it did holds. Where it does not, no guest code runs.

import { setClock } from './clock.ts';
import * as native from './primordials.ts';
import { Error, Object, realm, Reflect } from './primordials.ts';
import { refusingConstructors } from './refuse-code-generation.ts';
import { REMOVED_NAMES } from './remove-names.ts';

const PROVIDED = ['console', 'Temporal'];
const PROBE_MS = 86_400_000;

/** @throws PRELUDE_FAILED naming what does not hold */
export function verifyRealm(): void {
  for (const name of REMOVED_NAMES) {
    if (Reflect.has(realm, name) && !isProvided(name)) fail(`${name} is still there`);
  }
  // Where the bundle has no function around it, its entry point is a global variable, and those are enumerable.
  if (Object.keys(realm).length > 0) fail('the prelude itself is reachable as a global');
  verifyCodeGeneration();
  verifyClock();
  verifyFreeze();
}

function isProvided(name: string): boolean {
  return PROVIDED.includes(name) && Reflect.getOwnPropertyDescriptor(realm, name)?.get !== undefined;
}

function verifyCodeGeneration(): void {
  for (const generate of [realm['eval'], realm['Function'], (async () => undefined).constructor]) {
    if (!refuses(generate as (text: string) => unknown)) fail('text can become code');
  }
  for (const fn of [() => undefined, async () => undefined, function* () {}, async function* () {}]) {
    if (!refusingConstructors.includes(fn.constructor)) fail('a function constructor is the native one');
  }
}

function refuses(generate: (text: string) => unknown): boolean {
  try {
    generate('return 1');
    return false;
  } catch (error) {
    return (error as Error).name === 'EvalError';
  }
}

function verifyClock(): void {
  const { Date: Recorded, Math: Seeded } = globalThis;
  setClock(PROBE_MS);
  const instances = [new Recorded(), new (new Recorded(0).constructor as DateConstructor)()];
  if (Recorded.now() !== PROBE_MS || instances.some((date) => date.getTime() !== PROBE_MS)) fail('the clock is real');
  if (Recorded() !== new Recorded(PROBE_MS).toString()) fail('Date() reads the real clock');
  setClock(0);
  // January and July: a zone with summer time differs in one of them.
  if (new Recorded(0).getTimezoneOffset() !== 0 || new Recorded(1_783_000_000_000).getTimezoneOffset() !== 0) {
    fail('the time zone is not UTC');
  }
  if (Seeded.random() !== 0) fail('randomness is not seeded');
}

function verifyFreeze(): void {
  const samples = [
    Object.prototype,
    native.Array.prototype,
    native.String.prototype,
    native.Promise.prototype,
    native.RegExp.prototype,
    native.JSON,
    native.Reflect,
    native.TypedArray.prototype,
  ];
  for (const sample of samples) if (!Object.isFrozen(sample)) fail('an intrinsic is not frozen');
  const error = new native.TypeError('x');
  if (!Reflect.set(error, 'name', 'Own')) fail('own names cannot be assigned');
}

function fail(what: string): never {
  throw new Error(`PRELUDE_FAILED: ${what}`);
}
