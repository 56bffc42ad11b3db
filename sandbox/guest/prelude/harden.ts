// The order in which a fresh realm becomes one that guest code may enter. The order is the guarantee: replacements first,
// then the freeze that makes them final, then the proof.

import { replaceDate } from './clock.ts';
import { fixBuffers } from './fixed-buffers.ts';
import { freezeContainers, freezeIntrinsics } from './freeze.ts';
import { hardenIntl } from './intl.ts';
import { provideLazily } from './lazy-global.ts';
import { keepNamesAssignable } from './own-names.ts';
import { Error } from './primordials.ts';
import { replaceRandom } from './random.ts';
import { refuseCodeGeneration } from './refuse-code-generation.ts';
import { removeNames } from './remove-names.ts';
import { atob, btoa } from './provided/base64.ts';
import { queueMicrotask } from './provided/queue-microtask.ts';
import { structuredClone } from './provided/structured-clone.ts';
import { createTextDecoder, createTextEncoder } from './provided/text-encoding.ts';
import { cleanStacks } from './stack.ts';
import { buildTemporal } from './temporal.ts';
import { verifyRealm } from './verify.ts';

/** Hardens the realm. @throws PRELUDE_FAILED when a step does not work, or does not hold afterwards */
export function hardenRealm(): void {
  try {
    takeSteps();
  } catch (error) {
    const { message } = error as Error;
    throw message.startsWith('PRELUDE_FAILED') ? error : new Error(`PRELUDE_FAILED: ${message}`);
  }
}

function takeSteps(): void {
  removeNames();
  refuseCodeGeneration();
  fixBuffers();
  replaceDate();
  replaceRandom();
  cleanStacks();
  provideLazily('Intl', hardenIntl);
  provideLazily('Temporal', buildTemporal);
  provideLibraryGlobals();
  keepNamesAssignable();
  freezeIntrinsics();
  verifyRealm();
}

/** What ordinary libraries expect of a runtime and a bare V8 lacks. No timers: `host.sleep` waits. */
function provideLibraryGlobals(): void {
  provideLazily('atob', () => atob);
  provideLazily('btoa', () => btoa);
  provideLazily('queueMicrotask', () => queueMicrotask);
  provideLazily('structuredClone', () => structuredClone);
  provideLazily('TextDecoder', () => frozen(createTextDecoder()));
  provideLazily('TextEncoder', () => frozen(createTextEncoder()));
}

function frozen(constructor: object): object {
  freezeContainers([constructor]);
  return constructor;
}
