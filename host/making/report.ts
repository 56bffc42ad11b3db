// The making report: what each step did, how long it took, how it ended. The caller gets it whatever happens.

import { CodedError, isCodedError, plainFailure, type Failure } from '#sandbox';
import type { Clock } from '#host/base';
import type { MakingStep } from '#host/registry';
import { makingCancelled } from './cancellation.ts';

type StepName = MakingStep['step'];

/** What the row of a step says beside its end. */
export type StepFacts = Pick<MakingStep, 'detail' | 'findings' | 'moreFindings'>;

/** Collects the steps of one making. */
export class MakingReport {
  readonly #clock: Clock;
  readonly #onStep: ((step: MakingStep) => void) | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #steps: MakingStep[] = [];
  #startedAt = 0;

  constructor(clock: Clock, onStep?: (step: MakingStep) => void, signal?: AbortSignal) {
    this.#clock = clock;
    this.#onStep = onStep;
    this.#signal = signal;
  }

  /** The rows so far. */
  get steps(): readonly MakingStep[] {
    return [...this.#steps];
  }

  /**
   * Does one step and writes its row. `tell` says of a success what was done: its detail, or that and more.
   *
   * @throws RUN_CANCELLED when the making was called off before the step; whatever the step throws
   */
  async step<T>(step: StepName, work: () => Promise<T> | T, tell?: (value: T) => string | StepFacts): Promise<T> {
    if (this.#signal?.aborted === true) throw makingCancelled();
    this.#startedAt = this.#clock.elapsed();
    let value: T;
    try {
      value = await work();
    } catch (error) {
      const fault = isCodedError(error) ? `${error.code}: ${error.message}` : 'an internal error';
      this.#add({ step, ms: this.#sinceStart(), verdict: 'failed', detail: fault });
      throw error;
    }
    this.#add(this.#done(step, factsOf(tell?.(value))));
    return value;
  }

  /** Writes the row of a step this making does not have. */
  skip(step: StepName, detail: string): void {
    this.#add({ step, ms: 0, verdict: 'skipped', detail });
  }

  /** The rows as they will be once the step under way is done: for what is written down within that step. */
  stepsWith(step: StepName, detail: string): readonly MakingStep[] {
    return [...this.#steps, this.#done(step, { detail })];
  }

  #done(step: StepName, facts: StepFacts): MakingStep {
    return { step, ms: this.#sinceStart(), verdict: 'ok', ...facts };
  }

  #sinceStart(): number {
    return roundMs(this.#clock.elapsed() - this.#startedAt);
  }

  #add(step: MakingStep): void {
    this.#steps.push(step);
    this.#onStep?.(step);
  }
}

function factsOf(told: string | StepFacts = {}): StepFacts {
  return typeof told === 'string' ? { detail: told } : told;
}

/** To hundredths of a millisecond: more would be noise. */
export function roundMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}

/** A failure of a making, with the report so far in its data. */
export function withReport(error: unknown, steps: readonly MakingStep[]): unknown {
  if (!isCodedError(error)) return error;
  const { code, kind, fault, message, data } = error;
  return new CodedError({ code, kind, fault, message, data: { ...data, report: steps } }, { cause: error });
}

/** The failure alone, for the ledger: it has the report in a column of its own. */
export function failureOf(error: unknown): Failure {
  if (!isCodedError(error)) return { code: 'INTERNAL', kind: 'bug', fault: 'host', message: 'an internal error' };
  return plainFailure(error);
}
