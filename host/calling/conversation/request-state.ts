// The state a client carries from a question to its answers: which run waits, and until when, under a signature.
//
// SECURITY: a state is good for one principal, one subject and one input; whoever changes any of them, or the state, is
// told so before the database is asked. test/unit/host/calling/conversation/request-state.test.ts holds it.

import { createHmac, timingSafeEqual } from 'node:crypto';

import { hostError, type Principal } from '#host/base';

/** What a state is bound to. */
export interface StateBinding {
  readonly principal: Principal;
  /** What was called, in the words of the call. */
  readonly target: string;
  /** SHA-256 of the input. */
  readonly inputDigest: string;
}

/** What a state says. */
export interface RequestState {
  /** The run that waits. */
  readonly runId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const VERSION = 1;
/** Ours have some 140 characters. */
const MAX_CHARACTERS = 512;

/** A state for the client to send back. */
export function signState({ runId, expiresAt }: RequestState, binding: StateBinding, key: Uint8Array): string {
  const payload = Buffer.from(JSON.stringify({ v: VERSION, run: runId, exp: expiresAt })).toString('base64url');
  return `${payload}.${seal(payload, binding, key).toString('base64url')}`;
}

/**
 * What a state says that comes back.
 *
 * @throws REQUEST_STATE_INVALID when it is not one of ours, for this principal and this very call
 * @throws REQUEST_STATE_EXPIRED
 */
export function readState(state: string, binding: StateBinding, key: Uint8Array, now: number): RequestState {
  const [payload = '', signature = '', ...rest] = state.length > MAX_CHARACTERS ? [] : state.split('.');
  const expected = seal(payload, binding, key);
  const given = Buffer.from(signature, 'base64url');
  // Base64 has several spellings of the same bytes; ours is the only one that counts.
  const isOurs = rest.length === 0 && given.toString('base64url') === signature && given.length === expected.length;
  if (!isOurs || !timingSafeEqual(given, expected)) throw invalid();
  const { v, run, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  if (v !== VERSION || typeof run !== 'string' || typeof exp !== 'number') throw invalid();
  if (exp <= now) throw expired();
  return { runId: run, expiresAt: exp };
}

/** The refusal of a state that is too old, or was used already. */
export function expired(): Error {
  const message = 'the request state is too old, or was used already; start the call again without it';
  return hostError('REQUEST_STATE_EXPIRED', message);
}

function invalid(): Error {
  const message =
    'the request state was changed, or belongs to another call; send it as it came, with the same arguments';
  return hostError('REQUEST_STATE_INVALID', message);
}

function seal(payload: string, { principal, target, inputDigest }: StateBinding, key: Uint8Array): Buffer {
  // As JSON, so that no two different bindings read the same.
  const sealed = JSON.stringify([payload, principal.tenant, principal.id, target, inputDigest]);
  return createHmac('sha256', key).update(sealed).digest();
}
