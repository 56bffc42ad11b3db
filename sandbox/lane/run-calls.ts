// The calls of one run to its host: which are pending, what answers them, and in which order.
//
// While answers of an earlier execution are left, calls wait for their answer from the journal; then the host is asked.
// SECURITY: a guest may have taken its cell over: what no cell of ours would ask throws, and costs the cell its life.
// test/integration/jail/hostile-cell.test.ts holds it.

import type { JournalEntry, WaitingCall } from '../contract.ts';
import { sandboxError, sandboxFailure } from '../errors.ts';
import { Journal } from './journal.ts';
import type { DescribeTask, RunTask } from './messages.ts';

/** Characters of unanswered arguments a run may have the host hold, as its prelude keeps it too. */
const MAX_IN_FLIGHT = 1024 * 1024;
/** A longer timer would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Where calls and their answers go. */
export interface CallPorts {
  /** To the host. */
  readonly ask: (call: WaitingCall) => void;
  /** To the run, as its next order. */
  readonly deliver: (entry: JournalEntry) => void;
}

/** What answers a call. */
export type CallAnswer = Pick<JournalEntry, 'ok' | 'value' | 'clockMs'>;

/** See the head of this file. */
export class RunCalls {
  readonly journal: Journal;
  /** Capabilities the host offers it; undefined for one that may call nothing at all. */
  readonly #grants: readonly string[] | undefined;
  /** Whether nothing may be asked anew. */
  readonly #isReplay: boolean;
  readonly #startsAtMs: number;
  readonly #ports: CallPorts;
  readonly #pending = new Map<number, WaitingCall>();
  /** Pending calls that the host will not answer while the run lasts. */
  readonly #suspended = new Set<number>();
  readonly #sleeps = new Set<NodeJS.Timeout>();
  /** How many it has made: they come numbered. */
  #made = 0;
  /** Characters of the pending calls' arguments. */
  #inFlight = 0;
  /** The latest time the guest's clock was set to: it never goes back. */
  #clockMs: number;

  constructor(task: RunTask | DescribeTask, ports: CallPorts) {
    const isRun = !('describe' in task);
    this.journal = new Journal(isRun ? task.journal : undefined);
    this.#grants = isRun ? task.grants : undefined;
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
    return [...this.#pending.values()];
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
    this.#inFlight += call.args.length;
    this.#made += 1;
    if (this.#grants === undefined || call.call !== this.#made || this.#inFlight > MAX_IN_FLIGHT) {
      throw sandboxError('CELL_PROTOCOL', 'a cell makes a call that no prelude makes');
    }
    this.#pending.set(call.call, call);
    if (this.journal.isReplaying) return this.journal.findContradiction(call);
    this.#ask(call);
    return undefined;
  }

  /** Answers a pending call. */
  answer(number: number, { ok, value, clockMs }: CallAnswer): void {
    const call = this.#pending.get(number);
    if (call === undefined) return;
    this.#pending.delete(number);
    this.#suspended.delete(number);
    this.#inFlight -= call.args.length;
    this.#clockMs = Math.max(this.#clockMs, clockMs);
    this.#ports.deliver({ ...call, ok, value, clockMs: this.#clockMs });
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
    this.answer(entry.call, entry);
    // From here on it is asked what no earlier execution was answered.
    if (!this.journal.isReplaying) for (const call of this.#pending.values()) this.#ask(call);
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
    this.#inFlight = 0;
    for (const sleep of this.#sleeps) clearTimeout(sleep);
    this.#sleeps.clear();
  }

  /** The run starts over. */
  restart(): void {
    this.letGo();
    this.#made = 0;
    this.journal.rewind();
    this.#clockMs = this.#startsAtMs;
  }

  #ask(call: WaitingCall): void {
    const { capability } = call;
    const isSleep = capability === 'time.sleep';
    if (isSleep || this.#grants?.includes(capability) === true) {
      if (this.#isReplay) this.#suspended.add(call.call);
      else if (isSleep) this.#sleep(call);
      else this.#ports.ask(call);
    } else {
      const refusal = sandboxFailure('GRANT_MISSING', `the tool was not granted ${capability}`);
      this.answer(call.call, { ok: false, value: JSON.stringify(refusal), clockMs: this.#clockMs });
    }
  }

  /** `host.sleep`: the one host call that needs no host. */
  #sleep({ call, args }: WaitingCall): void {
    const asked = Number((JSON.parse(args) as { ms?: unknown } | null)?.ms);
    // Of more than the wall limit the run never wakes: its deadline comes first.
    const ms = Math.min(Math.max(Number.isFinite(asked) ? asked : 0, 0), MAX_TIMER_MS);
    const wakesAt = this.#clockMs + ms;
    const sleep = setTimeout(() => {
      this.#sleeps.delete(sleep);
      this.answer(call, { ok: true, value: 'null', clockMs: wakesAt });
    }, ms);
    this.#sleeps.add(sleep);
  }
}
