import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { unwrapEnd } from '../../../../sandbox/lane/wrapped.ts';

describe('unwrapEnd', () => {
  it('names the signal that ended the program, where the outer process tells its number', () => {
    assert.deepEqual(unwrapEnd({ code: 137, signal: null }), { code: null, signal: 'SIGKILL' });
    assert.deepEqual(unwrapEnd({ code: 139, signal: null }), { code: null, signal: 'SIGSEGV' });
  });

  it('leaves an exit of its own, and a signal to the outer process, as they are', () => {
    for (const end of [
      { code: 0, signal: null },
      { code: 7, signal: null },
      { code: 255, signal: null },
      { code: null, signal: 'SIGKILL' as const },
    ]) {
      assert.deepEqual(unwrapEnd(end), end);
    }
  });
});
