import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test } from 'node:test';

import { LOCAL_PRINCIPAL, type TenantId } from '#host/base';
import { readState, signState, type StateBinding } from '../../../../../host/calling/conversation/request-state.ts';

const KEY = new Uint8Array(32).fill(7);
const NOW = 1_800_000_000_000;
const BOUND: StateBinding = { principal: LOCAL_PRINCIPAL, target: 'greet', inputDigest: 'a'.repeat(64) };
const STATE = { runId: 'run_1', expiresAt: NOW + 1000 };
const SIGNED = signState(STATE, BOUND, KEY);

function read(state: string, more: Partial<StateBinding> = {}, now = NOW): ReturnType<typeof readState> {
  return readState(state, { ...BOUND, ...more }, KEY, now);
}

/** A state whose payload somebody wrote who knows the key: what a later version of ours may look like. */
function sealed(payload: unknown): string {
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
  const { principal, target, inputDigest } = BOUND;
  const bound = JSON.stringify([text, principal.tenant, principal.id, target, inputDigest]);
  return `${text}.${createHmac('sha256', KEY).update(bound).digest('base64url')}`;
}

// Proves calling.request-state.
suite('readState', () => {
  test('reads what was signed', () => {
    assert.deepEqual(read(SIGNED), STATE);
    assert.ok(SIGNED.length < 512);
  });

  test('refuses a state of another principal, tenant, subject or input', () => {
    const { tenant, id } = LOCAL_PRINCIPAL;
    const others: readonly Partial<StateBinding>[] = [
      { principal: { tenant, id: 'eve' } },
      { principal: { tenant: 'other' as TenantId, id } },
      { target: 'greet@1' },
      { target: 'prompt:greet' },
      { inputDigest: 'b'.repeat(64) },
    ];
    for (const other of others) assert.throws(() => read(SIGNED, other), { code: 'REQUEST_STATE_INVALID' });
  });

  test('tells bindings apart whose parts would read the same side by side', () => {
    const joined = signState(STATE, { ...BOUND, target: 'a","b' }, KEY);
    assert.throws(() => read(joined, { target: 'a' }), { code: 'REQUEST_STATE_INVALID' });
  });

  test('refuses a state with any character changed', () => {
    for (let index = 0; index < SIGNED.length; index += 1) {
      const other = SIGNED[index] === 'A' ? 'B' : 'A';
      const changed = SIGNED.slice(0, index) + other + SIGNED.slice(index + 1);
      assert.throws(() => read(changed), { code: 'REQUEST_STATE_INVALID' }, `character ${index}`);
    }
  });

  test('refuses what is no state of ours, however it is made', () => {
    const [payload = '', signature = ''] = SIGNED.split('.');
    const garbage = [
      '',
      '.',
      '..',
      'x',
      payload,
      `${payload}.`,
      `.${signature}`,
      `${SIGNED}-TAMPERED`,
      `${SIGNED}=`,
      ` ${SIGNED}`,
      `${SIGNED}.`,
      `${SIGNED}.x`,
      `${payload}..${signature}`,
      `${signature}.${payload}`,
      'x'.repeat(10_000_000),
      '.'.repeat(512),
      '\u0000.\u0000',
      '💥.💥',
    ];
    for (const state of garbage) assert.throws(() => read(state), { code: 'REQUEST_STATE_INVALID' });
  });

  test('refuses one that another key signed', () => {
    const foreign = signState(STATE, BOUND, new Uint8Array(32).fill(8));
    assert.throws(() => read(foreign), { code: 'REQUEST_STATE_INVALID' });
  });

  test('refuses a form it does not know, even well signed', () => {
    for (const payload of [{ v: 2, run: 'r', exp: NOW + 1 }, { v: 1, run: 5, exp: NOW + 1 }, { v: 1, run: 'r' }, []]) {
      assert.throws(() => read(sealed(payload)), { code: 'REQUEST_STATE_INVALID' });
    }
    assert.equal(read(sealed({ v: 1, run: 'r', exp: NOW + 1 })).runId, 'r');
  });

  test('says when a state is too old', () => {
    assert.deepEqual(read(SIGNED, {}, STATE.expiresAt - 1), STATE);
    assert.throws(() => read(SIGNED, {}, STATE.expiresAt), { code: 'REQUEST_STATE_EXPIRED' });
  });
});
