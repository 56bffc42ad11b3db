// A tool that brings its process down three times is out of service, for every process on the home, until somebody lifts it.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createWorkplace, type CalledDocument } from '../fixtures/e2e/workplace.ts';

interface VersionsDocument {
  readonly tools: readonly { readonly versions: readonly { readonly quarantined: boolean }[] }[];
}

const LOOP = ['call', 'act', '--input', '{"loop":true}'];
const BEHAVE = ['call', 'act', '--input', '{}'];

describe('quarantine', () => {
  const place = createWorkplace();
  after(() => place[Symbol.dispose]());
  before(() => place.createAct());

  const isQuarantined = async (): Promise<boolean | undefined> =>
    (await place.answer<VersionsDocument>(['tools', '--versions'])).tools[0]?.versions[0]?.quarantined;

  it('stops each stuck call at a limit, and takes the version out of service after the third', async () => {
    for (let convictions = 1; convictions <= 3; convictions += 1) {
      assert.equal(await isQuarantined(), false);
      assert.equal((await place.refusal(LOOP)).code, 'LIMIT_CPU');
    }
    assert.equal(await isQuarantined(), true);
    assert.equal((await place.refusal(BEHAVE)).code, 'TOOL_QUARANTINED');
  });

  // Proves quarantine.lifted.
  it('is lifted by hand, once', async () => {
    const lift = (): Promise<{ readonly lifted: boolean }> => place.answer(['unquarantine', 'act']);
    assert.equal((await lift()).lifted, true);
    assert.deepEqual((await place.answer<CalledDocument>(BEHAVE)).output, { sleptMs: 0 });
    assert.equal((await lift()).lifted, false);
  });
});
