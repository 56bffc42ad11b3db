// Calls to the host: granted, counted, and waiting for their answers.

import { clip, type GuestFailure, issueError } from '../failures.ts';
import { JSON, Map, Promise } from '../primordials.ts';
import type { MessageBudget } from './budget.ts';
import type { Wire } from './wire.ts';

/** Unanswered arguments of a run, in characters of JSON text: what the host may have to hold for it at once. */
const MAX_IN_FLIGHT = 1024 * 1024;
/** Unanswered calls of a run. */
const MAX_PENDING = 256;

/** The calls of a run. */
export interface Calls {
  /** Calls a granted capability. Rejects with GRANT_MISSING, LIMIT_HOST_CALLS or the host's own code. */
  call(capability: string, args: unknown): Promise<unknown>;
  /** The id the next call gets. */
  nextId(): number;
  /** Settles a call: JSON text of the value, or of the failure. An unknown id is ignored. */
  answer(id: number, ok: boolean, text: string): void;
}

interface Pending {
  readonly length: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** As much of a name as a refusal quotes: it may be as long as a heap. */
const MAX_SHOWN = 100;

/** Capabilities every run has. */
const ALWAYS_GRANTED = ['time.sleep'];

/** The calls of a run with these grants. */
export function createCalls(wire: Wire, budget: MessageBudget, hostCalls: number, grants: readonly string[]): Calls {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let inFlight = 0;
  return {
    // oxlint-disable-next-line typescript/promise-function-async -- the executor must run before `call` returns
    call(capability, args) {
      return new Promise((resolve, reject) => {
        if (!ALWAYS_GRANTED.includes(capability) && !grants.includes(capability)) throw missingGrant(capability);
        const text = JSON.stringify(args) ?? 'null';
        if (inFlight + text.length > MAX_IN_FLIGHT) throw tooMuchInFlight();
        if (pending.size >= MAX_PENDING) throw tooManyPending();
        if (!budget.take()) throw tooManyCalls(hostCalls);
        const id = ++lastId;
        inFlight += text.length;
        pending.set(id, { length: text.length, resolve, reject });
        wire.say('call', JSON.stringify({ id, capability, args: text }));
      });
    },
    nextId: () => lastId + 1,
    answer(id, ok, text) {
      const call = pending.get(id);
      if (call === undefined) return;
      pending.delete(id);
      inFlight -= call.length;
      if (ok) call.resolve(JSON.parse(text));
      else call.reject(issueError(JSON.parse(text) as GuestFailure));
    },
  };
}

/** The refusal of what was not granted. */
export function missingGrant(grant: string): Error {
  const shown = clip(grant, MAX_SHOWN);
  const message = `this tool has no grant "${shown}"; add it to "grants" in tool.json`;
  return issueError({ code: 'GRANT_MISSING', message, data: { grant: shown } });
}

function tooManyCalls(hostCalls: number): Error {
  const message = `the tool made more than its ${hostCalls} host calls; raise limits.hostCalls or make fewer`;
  return issueError({ code: 'LIMIT_HOST_CALLS', message, data: { limit: 'hostCalls', value: hostCalls } });
}

function tooMuchInFlight(): Error {
  const message = `more than ${MAX_IN_FLIGHT} characters of host-call arguments are unanswered; await earlier calls first`;
  return issueError({ code: 'LIMIT_HOST_CALLS', message, data: { limit: 'pendingArguments', value: MAX_IN_FLIGHT } });
}

function tooManyPending(): Error {
  const message = `${MAX_PENDING} host calls are unanswered; await earlier ones first`;
  return issueError({ code: 'LIMIT_HOST_CALLS', message, data: { limit: 'pendingCalls', value: MAX_PENDING } });
}
