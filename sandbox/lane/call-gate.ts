// The one gate between a run and its host: every call is checked here before any capability hears of it, and every answer
// before the run does.
//
// SECURITY: the prelude refuses most of this earlier, but it runs where the tool runs. What no prelude of ours would send
// costs the cell its life; what a tool may do wrong is refused, and the tool told why.
// test/unit/sandbox/lane/call-gate.test.ts and test/integration/jail/call-gate.test.ts hold it.

import type { JournalEntry, WaitingCall } from '../contract.ts';
import { sandboxError, sandboxFailure, type Failure } from '../errors.ts';
import { CAPABILITY_CALLS } from '../limits.ts';
import { checkData, holdsInfinity, isWithin } from './check-answer.ts';
import { scrubForGuest } from './scrub.ts';

/** Characters of unanswered arguments a run may have the host hold, as its prelude keeps it too. */
const MAX_IN_FLIGHT = 1024 * 1024;
/** Unanswered calls of a run, as its prelude keeps it too: each may be a request of the host's to somebody. */
const MAX_PENDING = 256;
/** What a capability can walk without a bound of its own; and what a tool can, of an answer. */
const MAX_DEPTH = 64;
/** Characters of an answer: half of what a run may gather in all. */
const MAX_ANSWER = 4 * 1024 * 1024;
const MAX_MESSAGE = 4000;
const CODE = /^[A-Z][A-Z0-9_]{2,63}$/;

/** Names through which a value that is merged into another one changes more than that. */
const REFUSED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Capabilities every run has. */
const ALWAYS_GRANTED: ReadonlySet<string> = new Set(['time.sleep']);

/** What answers a call. */
export type CallAnswer = Pick<JournalEntry, 'ok' | 'value' | 'clockMs'>;

/** See the head of this file. One for each run; {@link CallGate.reset} when it starts over. */
export class CallGate {
  /** Capabilities the host offers it; undefined for one that may call nothing at all. */
  readonly #grants: readonly string[] | undefined;
  /** How many calls it has made: they come numbered. */
  #made = 0;
  readonly #madeOf = new Map<string, number>();
  #pending = 0;
  /** Characters of the pending calls' arguments. */
  #inFlight = 0;

  constructor(grants: readonly string[] | undefined) {
    this.#grants = grants;
  }

  /** Counts a call, which is pending from then on. Returns the failure it is to be answered with, if it is refused. */
  admit(call: WaitingCall): Failure | undefined {
    this.#made += 1;
    this.#pending += 1;
    this.#inFlight += call.args.length;
    const isTooMuch = this.#inFlight > MAX_IN_FLIGHT || this.#pending > MAX_PENDING;
    if (this.#grants === undefined || call.call !== this.#made || isTooMuch) {
      throw sandboxError('CELL_PROTOCOL', 'a cell makes a call that no prelude makes');
    }
    const args: unknown = JSON.parse(call.args);
    return this.#refuseUngranted(call, this.#grants) ?? this.#refuseExcess(call) ?? refuseArguments(call, args);
  }

  /** A pending call is answered. */
  settle({ args }: WaitingCall): void {
    this.#pending -= 1;
    this.#inFlight -= args.length;
  }

  /** No call is pending any more. */
  letGo(): void {
    this.#pending = 0;
    this.#inFlight = 0;
  }

  /** The run starts over. */
  reset(): void {
    this.letGo();
    this.#made = 0;
    this.#madeOf.clear();
  }

  #refuseUngranted({ capability }: WaitingCall, grants: readonly string[]): Failure | undefined {
    if (ALWAYS_GRANTED.has(capability) || grants.includes(capability)) return undefined;
    return sandboxFailure('GRANT_MISSING', `the tool was not granted ${capability}`, { grant: capability });
  }

  #refuseExcess({ capability }: WaitingCall): Failure | undefined {
    const made = (this.#madeOf.get(capability) ?? 0) + 1;
    this.#madeOf.set(capability, made);
    const most = Object.hasOwn(CAPABILITY_CALLS, capability) ? CAPABILITY_CALLS[capability] : undefined;
    if (most === undefined || made <= most) return undefined;
    const message = `a run may call ${capability} ${most} times; ask for more at once, or spread it over more calls of the tool`;
    return sandboxFailure('LIMIT_HOST_CALLS', message, { limit: 'capabilityCalls', capability, value: most });
  }
}

function refuseArguments({ capability }: WaitingCall, args: unknown): Failure | undefined {
  if (!isWithin(args, MAX_DEPTH)) {
    const message = `the arguments of ${capability} are nested more than ${MAX_DEPTH} deep; send something flatter`;
    return sandboxFailure('CALL_INVALID', message, { capability, limit: 'depth', value: MAX_DEPTH });
  }
  if (holdsInfinity(args)) {
    const message = `the arguments of ${capability} hold a number too large for a double; send it as text`;
    return sandboxFailure('CALL_INVALID', message, { capability });
  }
  const key = findRefusedKey(args);
  if (key === undefined) return undefined;
  const message = `the arguments of ${capability} have the key "${key}", which no host call takes; name it otherwise`;
  return sandboxFailure('CALL_INVALID', message, { capability, key });
}

/** INVARIANT: the depth was checked. */
function findRefusedKey(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    const refused = !Array.isArray(value) && REFUSED_KEYS.has(key) ? key : findRefusedKey(entry);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** An answer of the host's as the run gets it: bounded, readable; failures rebuilt, without stacks and paths. */
export function checkHostAnswer({ ok, value, clockMs }: CallAnswer): CallAnswer {
  if (!ok) return { ok, value: JSON.stringify(rebuildFailure(parse(value))), clockMs };
  const refusal = refuseAnswer(value);
  return refusal === undefined ? { ok, value, clockMs } : { ok: false, value: JSON.stringify(refusal), clockMs };
}

function refuseAnswer(value: string): Failure | undefined {
  if (value.length > MAX_ANSWER) {
    const message = `the answer to a host call has ${value.length} characters, over the ${MAX_ANSWER} a tool is given; ask for less`;
    return sandboxFailure('LIMIT_HOST_CALLS', message, { limit: 'answer', value: MAX_ANSWER });
  }
  const parsed = parse(value);
  if (parsed === undefined) return hostFailed();
  if (isWithin(parsed, MAX_DEPTH)) return undefined;
  const message = `the answer to a host call is nested more than ${MAX_DEPTH} deep; ask for something flatter`;
  return sandboxFailure('LIMIT_HOST_CALLS', message, { limit: 'answerDepth', value: MAX_DEPTH });
}

function rebuildFailure(given: unknown): Failure {
  const { code, kind, fault, message, data } = (given ?? {}) as Partial<Failure>;
  if (code === undefined || !CODE.test(code) || kind === undefined || fault === undefined) return hostFailed();
  const kept = checkData(data);
  if (kept !== undefined) delete kept['stack'];
  return {
    code,
    kind,
    fault,
    message: scrubForGuest(String(message), MAX_MESSAGE),
    ...(kept === undefined ? {} : { data: kept }),
  };
}

/** What a run is told of a host that failed without a code of its own. */
function hostFailed(): Failure {
  return sandboxFailure('RUN_INTERRUPTED', 'the host failed while it answered a call of the tool');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
