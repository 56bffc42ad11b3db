// The calls of one run to its host: which are pending, what answers them, and in which order.
//
// While answers of an earlier execution are left, calls wait for their answer from the journal; then the host is asked.
// SECURITY: every call goes through the gate when it is made and every answer of the host's when it comes (call-gate.ts).
// test/integration/jail/hostile-cell.test.ts holds it.

import type { JournalEntry, WaitingCall } from '../contract.ts';
import type { Failure } from '../errors.ts';
import { CallGate, checkHostAnswer, type CallAnswer } from './call-gate.ts';
import { Journal } from './journal.ts';
import type { DescribeTask, RunTask } from './messages.ts';

/** A longer timer would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Where calls and their answers go. */
export interface CallPorts {
  /** To the host. */
  readonly ask: (call: WaitingCall) => void;
  /** To the run, as its next order. */
  readonly deliver: (entry: JournalEntry) => void;
}

interface Pending {
  readonly call: WaitingCall;
  /** What the gate has against it. */
  readonly refusal: Failure | undefined;
}

/** See the head of this file. */
export class RunCalls {
  readonly journal: Journal;
  readonly #gate: CallGate;
  /** Whether nothing may be asked anew. */
  readonly #isReplay: boolean;
  readonly #startsAtMs: number;
  readonly #ports: CallPorts;
  readonly #pending = new Map<number, Pending>();
  /** Pending calls that the host will not answer while the run lasts. */
  readonly #suspended = new Set<number>();
  readonly #sleeps = new Set<NodeJS.Timeout>();
  /** The latest time the guest's clock was set to: it never goes back. */
  #clockMs: number;

  constructor(task: RunTask | DescribeTask, ports: CallPorts) {
    const isRun = !('describe' in task);
    this.journal = new Journal(isRun ? task.journal : undefined);
    this.#gate = new CallGate(isRun ? task.grants : undefined);
    this.#isReplay = isRun && task.isReplay === true;
    this.#startsAtMs = isRun ? task.clockMs : 0;
    this.#clockMs = this.#startsAtMs;
    this.#ports = ports;
  }

  /** Whether nothing but suspended calls is pending. */
  get isSuspended(): boolean {
    return this.#suspended.size > 0 && this.#suspended.size === this.#pending.size;
  }

  /** The pending calls, in the order they were made. */
  get waiting(): readonly WaitingCall[] {
    return [...this.#pending.values()].map(({ call }) => call);
  }

  isPending(call: number): boolean {
    return this.#pending.has(call);
  }

  /**
   * Takes a call of the run's. Returns the journal's answer that contradicts it: then the run has diverged.
   *
   * @throws CELL_PROTOCOL
   */
  take(call: WaitingCall): JournalEntry | undefined {
    const pending = { call, refusal: this.#gate.admit(call) };
    this.#pending.set(call.call, pending);
    if (this.journal.isReplaying) return this.journal.findContradiction(call);
    this.#ask(pending);
    return undefined;
  }

  /** The host answers a pending call. */
  answer(number: number, answer: CallAnswer): void {
    if (this.#pending.has(number)) this.#settle(number, checkHostAnswer(answer));
  }

  /** A pending call gets no answer while the run lasts. */
  suspend(number: number): void {
    if (this.#pending.has(number)) this.#suspended.add(number);
  }

  /** Gives the run the next answer of the journal. Returns it if the run has not asked for it: then it has diverged. */
  answerAgain(): JournalEntry | undefined {
    const entry = this.journal.takeNext();
    if (entry === undefined) return undefined;
    if (!this.#pending.has(entry.call)) return entry;
    this.#settle(entry.call, entry);
    // From here on it is asked what no earlier execution was answered.
    if (!this.journal.isReplaying) for (const pending of this.#pending.values()) this.#ask(pending);
    return undefined;
  }

  /** The answer left that the run, which has ended, did not ask for. */
  findUnasked(): JournalEntry | undefined {
    return this.journal.findUnasked(this.#pending);
  }

  /** Waits for nothing any more. */
  letGo(): void {
    this.#pending.clear();
    this.#suspended.clear();
    this.#gate.letGo();
    for (const sleep of this.#sleeps) clearTimeout(sleep);
    this.#sleeps.clear();
  }

  /** The run starts over. */
  restart(): void {
    this.letGo();
    this.#gate.reset();
    this.journal.rewind();
    this.#clockMs = this.#startsAtMs;
  }

  #ask({ call, refusal }: Pending): void {
    const isSleep = call.capability === 'time.sleep';
    if (refusal !== undefined) this.#refuse(call, refusal);
    else if (this.#isReplay) this.#suspended.add(call.call);
    else if (isSleep) this.#sleep(call);
    else this.#ports.ask(call);
  }

  #refuse({ call }: WaitingCall, refusal: Failure): void {
    this.#settle(call, { ok: false, value: JSON.stringify(refusal), clockMs: this.#clockMs });
  }

  #settle(number: number, { ok, value, clockMs }: CallAnswer): void {
    const call = this.#pending.get(number)?.call;
    if (call === undefined) return;
    this.#pending.delete(number);
    this.#suspended.delete(number);
    this.#gate.settle(call);
    this.#clockMs = Math.max(this.#clockMs, clockMs);
    this.#ports.deliver({ ...call, ok, value, clockMs: this.#clockMs });
  }

  /** `host.sleep`: the one host call that needs no host. */
  #sleep({ call, args }: WaitingCall): void {
    const asked = Number((JSON.parse(args) as { ms?: unknown } | null)?.ms);
    // Of more than the wall limit the run never wakes: its deadline comes first.
    const ms = Math.min(Math.max(Number.isFinite(asked) ? asked : 0, 0), MAX_TIMER_MS);
    const wakesAt = this.#clockMs + ms;
    const sleep = setTimeout(() => {
      this.#sleeps.delete(sleep);
      this.#settle(call, { ok: true, value: 'null', clockMs: wakesAt });
    }, ms);
    this.#sleeps.add(sleep);
  }
}
